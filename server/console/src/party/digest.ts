/** SHA-256 of a file. Browsers offer theirs only over HTTPS; a phone in the office's own network has none. */

const K = new Uint32Array(64);
const START = new Uint32Array(8);
fill();

/** 64 hex characters. */
export async function sha256(content: Blob): Promise<string> {
  const bytes = new Uint8Array(await content.arrayBuffer());
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  return hex(subtle ? new Uint8Array(await subtle.digest("SHA-256", bytes)) : plain(bytes));
}

/** FIPS 180-4, section 6.2. */
export function plain(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array((((bytes.length + 8) >> 6) << 6) + 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0);
  const state = START.slice();
  const w = new Uint32Array(64);
  for (let at = 0; at < padded.length; at += 64) block(state, w, view, at);
  const out = new Uint8Array(32);
  const written = new DataView(out.buffer);
  for (const [index, word] of state.entries()) written.setUint32(index * 4, word);
  return out;
}

function block(state: Uint32Array, w: Uint32Array, view: DataView, at: number): void {
  const get = (index: number) => w[index] as number;
  for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + i * 4);
  for (let i = 16; i < 64; i++) {
    const s0 = turn(get(i - 15), 7) ^ turn(get(i - 15), 18) ^ (get(i - 15) >>> 3);
    const s1 = turn(get(i - 2), 17) ^ turn(get(i - 2), 19) ^ (get(i - 2) >>> 10);
    w[i] = get(i - 16) + s0 + get(i - 7) + s1;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] as number) + get(i)) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries())
    state[index] = (state[index] as number) + word;
}

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by));
const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The constants are the first 32 bits of the fractions of roots of the first primes. */
function fill(): void {
  const fraction = (value: number) => ((value - Math.floor(value)) * 2 ** 32) >>> 0;
  let found = 0;
  for (let n = 2; found < 64; n++) {
    if (![...Array(n).keys()].slice(2).every((m) => n % m !== 0)) continue;
    K[found] = fraction(Math.cbrt(n));
    if (found < 8) START[found] = fraction(Math.sqrt(n));
    found += 1;
  }
}
