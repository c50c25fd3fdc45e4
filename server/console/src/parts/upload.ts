/** A picture into the evidence store, named by its SHA-256. Sending it again is harmless. */
import { problemOf } from "../api/client";

/** The browser computes hashes only over a secure connection. */
export const canHash = (): boolean => globalThis.crypto?.subtle !== undefined;

export async function sha256Of(bytes: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The name of the stored file. Raises Problem when the server refuses it, TypeError when nobody answers. */
export async function upload(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  const sha256 = await sha256Of(bytes);
  const answer = await fetch(`/api/evidence/${sha256}`, {
    method: "PUT",
    body: bytes,
    headers: { "Content-Type": file.type || "image/jpeg" },
    credentials: "same-origin",
  });
  if (!answer.ok) throw await problemOf(answer);
  return sha256;
}
