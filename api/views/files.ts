import type { FileRecord } from '../../store/files.ts';
import type { FileInfo } from '../contract/common.ts';

/** A file as screens know it. */
export function fileInfo(file: FileRecord): FileInfo {
  return {
    id: file.id,
    documentType: file.documentType,
    name: file.name,
    contentType: file.contentType,
    size: file.size,
    sha256: file.sha256,
    version: file.version,
    uploadedAt: file.uploadedAt,
  };
}
