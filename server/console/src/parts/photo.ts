/** Photos made small enough to send: the long side 1600 pixels, JPEG, named by the SHA-256 of their bytes. */

export const LONG_SIDE = 1600;
const QUALITY = 0.82;

export interface Shrunk {
  readonly sha256: string;
  readonly bytes: ArrayBuffer;
  readonly type: string;
  readonly width: number;
  readonly height: number;
}

/** The size that fits: never larger than it was, the proportions kept. Pixels. */
export function fitted(
  width: number,
  height: number,
  longSide: number = LONG_SIDE,
): { width: number; height: number } {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** SHA-256 in lower-case hex, as evidence is named. */
export async function sha256Of(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A picture of what a camera shows now, or of an image. Throws when it has no size yet. */
export async function shrink(source: CanvasImageSource, width: number, height: number): Promise<Shrunk> {
  if (width === 0 || height === 0) throw new Error("there is no picture yet");
  const size = fitted(width, height);
  const canvas = document.createElement("canvas");
  canvas.width = size.width;
  canvas.height = size.height;
  canvas.getContext("2d")?.drawImage(source, 0, 0, size.width, size.height);
  return { ...(await packed(canvas, "image/jpeg", QUALITY)), ...size };
}

/** The same for a file that the phone's own camera made, turned as it was held. Throws when it is no picture. */
export async function shrinkFile(file: Blob): Promise<Shrunk> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    return await shrink(picture, picture.width, picture.height);
  } finally {
    picture.close();
  }
}

/** The bytes of a canvas and their name. */
export async function packed(
  canvas: HTMLCanvasElement,
  type: "image/jpeg" | "image/png",
  quality?: number,
): Promise<Pick<Shrunk, "sha256" | "bytes" | "type">> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
  if (blob === null) throw new Error("the browser could not pack the picture");
  const bytes = await blob.arrayBuffer();
  return { sha256: await sha256Of(bytes), bytes, type };
}
