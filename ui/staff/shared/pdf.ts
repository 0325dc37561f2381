import { ApiProblem } from '../../lib/index.ts';
import { apiUrl, csrfHeaders, problemOf } from '../../lib/api.ts';

/** A PDF that is made of what is being edited, as a data URL for the viewer: it is nowhere to be fetched from. @throws ApiProblem */
export async function pdfOf(path: string, request: unknown): Promise<string> {
  let response: Response;
  try {
    response = await fetch(apiUrl(path), {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', ...csrfHeaders() },
      body: JSON.stringify(request),
    });
  } catch {
    throw new ApiProblem(0, {});
  }
  if (!response.ok) throw await problemOf(response);
  const bytes = new Uint8Array(await response.arrayBuffer());
  let binary = '';
  for (let from = 0; from < bytes.length; from += 8192) {
    binary += String.fromCharCode(...bytes.subarray(from, from + 8192));
  }
  return `data:application/pdf;base64,${btoa(binary)}`;
}
