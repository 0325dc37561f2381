import type { PreviewTemplateRequest } from '../../../api/contract/index.ts';
import { pdfOf } from '../shared/pdf.ts';

/** The sample of a template. @throws ApiProblem */
export function previewOf(kind: string, request: PreviewTemplateRequest): Promise<string> {
  return pdfOf(`staff/notice-templates/${kind}/preview`, request);
}
