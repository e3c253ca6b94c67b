/** Where rows lie in the drawing, in pixels: below the axis, each of the same height. */
export const top = 30;
export const rowHeight = 46;

/** The middle of a row's bars. */
export const barMiddle = (row: number): number => top + row * rowHeight + 28;
