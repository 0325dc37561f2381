import { announceSessionExpired, apiUrl, csrfHeaders, parseProblem } from './api.ts';
import { ApiProblem } from './problem.ts';
import { spoken } from './spoken.ts';

export interface UploadOptions {
  /** Called with 0–1 while the bytes go out. */
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
  /** Further fields of the form, sent before the file so that the server can read them first. */
  readonly fields?: Readonly<Record<string, string>>;
}

/**
 * Sends one file as multipart/form-data (field `file`) and answers with the parsed JSON.
 * XMLHttpRequest, because fetch cannot tell the progress of an upload. Failures throw ApiProblem.
 */
export function uploadFile<T>(path: string, file: File, options: UploadOptions = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    if (options.signal?.aborted === true) {
      reject(new DOMException('aborted', 'AbortError'));
      return;
    }
    const request = new XMLHttpRequest();
    request.open('POST', apiUrl(path));
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('accept-language', spoken());
    for (const [name, value] of Object.entries(csrfHeaders())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    request.onerror = () => reject(new ApiProblem(0));
    request.ontimeout = () => reject(new ApiProblem(0));
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    request.onload = () => {
      const body = parseProblem(request.getResponseHeader('content-type'), request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as T);
      else {
        const problem = new ApiProblem(request.status, body);
        if (problem.isSessionExpired) announceSessionExpired();
        reject(problem);
      }
    };
    options.signal?.addEventListener('abort', () => request.abort());
    const form = new FormData();
    for (const [name, value] of Object.entries(options.fields ?? {})) form.append(name, value);
    form.append('file', file, file.name);
    request.send(form);
  });
}
