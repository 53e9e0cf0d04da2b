// Elements.

const SVG = "http://www.w3.org/2000/svg";

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** An HTML element with attributes (undefined ones are left out) and children: nodes or texts. */
export function html(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

/** Sets a text only where it changes, so that nothing is read out or selected away in vain. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A number for machines (`value`) and for people (its text). */
export function setFigure(node, value, text) {
  node.setAttribute("value", value === undefined ? "" : String(value));
  setText(node, text);
}
