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
  // Without https there is no digest; then the seed itself has to do.
  if (!('subtle' in crypto)) return seed;
  const bytes = new TextEncoder().encode(`${seed}\n${JSON.stringify(content)}`);
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return uuidOf(new Uint8Array(digest).slice(0, 16), 8);
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
