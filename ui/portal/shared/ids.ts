/** A new random UUID; also on pages without https, where `crypto.randomUUID` is missing (trying it in a local network). */
export function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return uuidOf(crypto.getRandomValues(new Uint8Array(16)), 4);
}

/**
 * An id that follows from what is sent: the same content under the same seed always has the same id, on every device and after a
 * reload, so that sending it again is harmless. Other content has another id: the server then says that the first was accepted
 * instead of keeping quiet about the change.
 * @param seed a UUID: of the draft, or of the request that is answered
 */
export async function contentId(seed: string, content: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(`${seed}\n${JSON.stringify(content)}`);
  // Pages without https have no digest; to tell contents apart a plain hash does as well.
  if (!('subtle' in crypto)) return uuidOf(plainHash(bytes), 8);
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return uuidOf(new Uint8Array(digest).slice(0, 16), 8);
}

/** 16 bytes that follow from `bytes` (FNV-1a, four times from other beginnings). */
export function plainHash(bytes: Uint8Array): Uint8Array {
  const hash = new DataView(new ArrayBuffer(16));
  for (let part = 0; part < 4; part += 1) {
    let value = 0x811c9dc5 ^ (part * 0x9e3779b9);
    for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
    hash.setUint32(part * 4, value >>> 0);
  }
  return new Uint8Array(hash.buffer);
}

function uuidOf(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A path inside the portal to go to after signing in; anything else (other hosts, `//…`) becomes `fallback`. */
export function safeNext(next: string | null | undefined, fallback = '/applications'): string {
  return next !== null && next !== undefined && /^\/(?![/\\])/u.test(next) ? next : fallback;
}
