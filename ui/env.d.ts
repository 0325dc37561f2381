/// <reference types="vite/client" />

/** Folder with pdf.js's character maps and fonts, set by vite.config.ts. */
declare const __PDFJS_ASSETS__: string;
