import type { SVGProps } from 'react';

export type IconName =
  | 'info'
  | 'success'
  | 'warning'
  | 'error'
  | 'close'
  | 'chevronDown'
  | 'chevronRight'
  | 'chevronLeft'
  | 'menu'
  | 'search'
  | 'file'
  | 'image'
  | 'camera'
  | 'upload'
  | 'check'
  | 'external'
  | 'rotateLeft'
  | 'rotateRight'
  | 'zoomIn'
  | 'zoomOut'
  | 'fit'
  | 'download'
  | 'sortNone'
  | 'sortUp'
  | 'sortDown'
  | 'user'
  | 'globe'
  | 'clock'
  | 'copy'
  | 'print';

const PATHS: Record<IconName, string> = {
  info: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm1 15h-2v-6h2v6Zm0-8h-2V7h2v2Z',
  success: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-1.4 14.6-4.2-4.2L7.8 11l2.8 2.8 5.6-5.6 1.4 1.4-7 7Z',
  warning: 'M1 21 12 2l11 19H1Zm12-3h-2v-2h2v2Zm0-4h-2v-4h2v4Z',
  error: 'M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3L8.3 3ZM13 17h-2v-2h2v2Zm0-4h-2V7h2v6Z',
  close:
    'M18.4 4.2 12 10.6 5.6 4.2 4.2 5.6l6.4 6.4-6.4 6.4 1.4 1.4 6.4-6.4 6.4 6.4 1.4-1.4-6.4-6.4 6.4-6.4-1.4-1.4Z',
  chevronDown: 'm12 16-7-7 1.4-1.4 5.6 5.6 5.6-5.6L19 9l-7 7Z',
  chevronRight: 'm16 12-7 7-1.4-1.4 5.6-5.6-5.6-5.6L9 5l7 7Z',
  chevronLeft: 'm8 12 7-7 1.4 1.4-5.6 5.6 5.6 5.6L15 19l-7-7Z',
  menu: 'M3 6h18v2H3V6Zm0 5h18v2H3v-2Zm0 5h18v2H3v-2Z',
  search: 'M10 3a7 7 0 1 0 4.4 12.5l5.1 5 1.4-1.4-5-5.1A7 7 0 0 0 10 3Zm0 2a5 5 0 1 1 0 10 5 5 0 0 1 0-10Z',
  file: 'M6 2h8l6 6v14H4V2h2Zm0 2v16h12V9h-5V4H6Z',
  image: 'M3 4h18v16H3V4Zm2 2v9l4-4 4 4 3-3 3 3V6H5Zm10.5 1.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3Z',
  camera:
    'm8 4-1.6 2H2v14h20V6h-4.4L16 4H8Zm4 4.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Zm0 2a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  upload: 'M11 16V7.8L8.4 10.4 7 9l5-5 5 5-1.4 1.4L13 7.8V16h-2Zm-7 4v-5h2v3h12v-3h2v5H4Z',
  check: 'M9.6 17.6 4 12l1.4-1.4 4.2 4.2 9-9L20 7.2 9.6 17.6Z',
  external: 'M14 3h7v7h-2V6.4l-8.3 8.3-1.4-1.4L17.6 5H14V3ZM5 5h6v2H5v12h12v-6h2v8H3V5h2Z',
  rotateLeft: 'M12 5V1L6 6l6 5V7a6 6 0 1 1-6 6H4a8 8 0 1 0 8-8Z',
  rotateRight: 'M12 5V1l6 5-6 5V7a6 6 0 1 0 6 6h2a8 8 0 1 1-8-8Z',
  zoomIn: 'M10 3a7 7 0 1 0 4.4 12.5l5.1 5 1.4-1.4-5-5.1A7 7 0 0 0 10 3Zm1 6V7H9v2H7v2h2v2h2v-2h2V9h-2Z',
  zoomOut: 'M10 3a7 7 0 1 0 4.4 12.5l5.1 5 1.4-1.4-5-5.1A7 7 0 0 0 10 3ZM7 9v2h6V9H7Z',
  fit: 'M3 3h7v2H5v5H3V3Zm11 0h7v7h-2V5h-5V3ZM3 14h2v5h5v2H3v-7Zm16 0h2v7h-7v-2h5v-5Z',
  download: 'M13 4v8.2l2.6-2.6L17 11l-5 5-5-5 1.4-1.4 2.6 2.6V4h2ZM4 20v-5h2v3h12v-3h2v5H4Z',
  sortNone: 'm12 4 4 5H8l4-5Zm0 16-4-5h8l-4 5Z',
  sortUp: 'm12 6 6 9H6l6-9Z',
  sortDown: 'm12 18-6-9h12l-6 9Z',
  user: 'M12 3a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM3 21c0-4.4 4-7 9-7s9 2.6 9 7H3Z',
  globe:
    'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm6.9 6h-2.9a15 15 0 0 0-1.4-3.6A8 8 0 0 1 18.9 8ZM12 4c.8 1.2 1.5 2.5 1.9 4h-3.8c.4-1.5 1-2.8 1.9-4ZM4.3 14a8 8 0 0 1 0-4h3.3a17 17 0 0 0 0 4H4.3Zm.8 2H8c.3 1.3.8 2.5 1.4 3.6A8 8 0 0 1 5.1 16ZM8 8H5.1a8 8 0 0 1 4.3-3.6C8.8 5.5 8.3 6.7 8 8Zm4 12a14 14 0 0 1-1.9-4h3.8c-.4 1.5-1 2.8-1.9 4Zm2.3-6H9.7a15 15 0 0 1 0-4h4.6a15 15 0 0 1 0 4Zm.3 5.6c.6-1.1 1.1-2.3 1.4-3.6h2.9a8 8 0 0 1-4.3 3.6Zm1.8-5.6a17 17 0 0 0 0-4h3.3a8 8 0 0 1 0 4h-3.3Z',
  clock:
    'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm0 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Zm1 3h-2v6l4.7 2.8 1-1.6L13 12V7Z',
  copy: 'M8 2h12v14h-4v-2h2V4h-8v2H8V2ZM4 8h10v14H4V8Zm2 2v10h6V10H6Z',
  print:
    'M7 3h10v5H7V3ZM4 9h16a2 2 0 0 1 2 2v6h-4v4H6v-4H2v-6c0-1.1.9-2 2-2Zm4 6v4h8v-4H8Zm10-3.5a1 1 0 1 0 0 2 1 1 0 0 0 0-2Z',
};

/** A small picture beside a word. Decorative: it says nothing on its own to assistive technology. */
export function Icon({
  name,
  size = 24,
  ...rest
}: { name: IconName; size?: number } & SVGProps<SVGSVGElement>) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="currentColor"
      {...rest}
      className={`shrink-0 ${rest.className ?? ''}`}
    >
      <path fillRule="evenodd" d={PATHS[name]} />
    </svg>
  );
}
