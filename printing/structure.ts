import type PDFDocument from 'pdfkit';

type Pdf = InstanceType<typeof PDFDocument>;

/**
 * What a part of a page is to those who hear it: screen readers read a PDF by this tree (JIS X 8341-3, ISO 32000-1 14.8), not by
 * what stands where. Parts are told apart by identity: all marks of one part are read in one go, also over the end of a page.
 */
export interface Part {
  readonly type: 'H1' | 'H2' | 'P' | 'L' | 'LI' | 'LBody' | 'Table' | 'TR' | 'TH' | 'TD' | 'Figure';
  /** Without one it stands in the document itself. */
  readonly within?: Part;
  /** For what has no text: what it shows. */
  readonly alt?: string;
}

/** A new part. */
export const part = (type: Part['type'], within?: Part, alt?: string): Part => ({
  type,
  ...(within && { within }),
  ...(alt !== undefined && { alt }),
});

type Element = ReturnType<Pdf['struct']>;

/** The tree of one PDF, grown while its pages are drawn: parts stand in the order in which their first mark is drawn. */
export class Structure {
  readonly #pdf: Pdf;
  readonly #document: Element;
  readonly #elements = new Map<Part, Element>();

  constructor(pdf: Pdf) {
    this.#pdf = pdf;
    this.#document = pdf.struct('Document');
    pdf.addStructure(this.#document);
  }

  /** Draws what belongs to a part; without one it is decoration or the page's own (rules, frames, folds, feet), which nobody hears. */
  draw(of: Part | undefined, draw: () => void): void {
    if (of) this.#elementOf(of).add(this.#pdf.markStructureContent(of.type));
    else this.#pdf.markContent('Artifact', { type: 'Layout' });
    draw();
    this.#pdf.endMarkedContent();
  }

  #elementOf(of: Part): Element {
    const before = this.#elements.get(of);
    if (before) return before;
    const options: PDFKit.Mixins.StructureElementOptions & { scope?: 'Row' } = {
      ...(of.alt !== undefined && { alt: of.alt }),
      // The left column of a table says what the right one is.
      ...(of.type === 'TH' && { scope: 'Row' }),
    };
    const element = this.#pdf.struct(of.type, options);
    (of.within ? this.#elementOf(of.within) : this.#document).add(element);
    this.#elements.set(of, element);
    return element;
  }
}
