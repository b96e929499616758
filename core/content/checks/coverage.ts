/** How far the lessons of a programme tell what its documents say. */
import type { Catalogue } from '../schema.ts';

export type Coverage = {
  readonly document: string;
  readonly sections: number;
  /** Whether the programme promises to tell all of it. */
  readonly promised: boolean;
  /** Ids of the sections that no lesson of the programme cites. */
  readonly uncovered: readonly string[];
};

/** One line a document of the register. */
export const coverage = ({ documents, lessons, programme }: Catalogue): readonly Coverage[] => {
  const cited = new Set(programme.lesson.order.flatMap((id) => lessons.get(id)?.cites ?? []));
  return [...documents.values()].map(({ id, sections }) => ({
    document: id,
    sections: sections.length,
    promised: programme.covers.includes(id),
    uncovered: sections
      .filter((section) => !cited.has(`${id}#${section.id}`))
      .map((section) => section.id),
  }));
};
