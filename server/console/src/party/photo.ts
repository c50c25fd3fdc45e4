/** Photos as they leave the phone: at most 1600 px, JPEG, without the camera's notes of place and owner. */
import { sha256 } from "./digest";

const LONG_SIDE = 1600;
const QUALITY = 0.82;

export interface Ready {
  readonly name: string;
  readonly content: Blob;
}
/** The file is no picture that this browser can read. */
export class NotAPicture extends Error {}

/** The size to draw at: the long side at most `most`, never enlarged. */
export function within(width: number, height: number, most: number): [number, number] {
  const scale = Math.min(1, most / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** A picture made small. A short clip (MP4) goes as it is. Raises NotAPicture. */
export async function ready(file: File): Promise<Ready> {
  if (file.type === "video/mp4") return { name: await sha256(file), content: file };
  const content = await small(file);
  return { name: await sha256(content), content };
}

async function small(file: File): Promise<Blob> {
  const url = URL.createObjectURL(file);
  try {
    const image = await load(url);
    const [width, height] = within(image.naturalWidth, image.naturalHeight, LONG_SIDE);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
    return await blobOf(canvas, "image/jpeg");
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** What stands on a canvas, as a file. */
export function blobOf(canvas: HTMLCanvasElement, type: "image/jpeg" | "image/png"): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((made) => (made ? resolve(made) : reject(new NotAPicture())), type, QUALITY),
  );
}

function load(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new NotAPicture());
    image.src = url;
  });
}
