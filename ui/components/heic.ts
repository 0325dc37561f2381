import { heicTo } from 'heic-to/csp';

/**
 * A photograph as iPhones keep it, as one that every browser draws. Its bytes stay in the browser: libheif decodes them here, in
 * WebAssembly (LGPL-3.0; a file of its own of 3 MB, loaded when the first such photograph is opened).
 * @param url same origin; the session's cookie goes along
 * @returns an object URL, for the caller to revoke
 * @throws Error where it cannot be had or decoded
 */
export async function drawableUrl(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { credentials: 'same-origin', signal });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const jpeg = await heicTo({ blob: await response.blob(), type: 'image/jpeg', quality: 0.9 });
  signal.throwIfAborted();
  return URL.createObjectURL(jpeg);
}
