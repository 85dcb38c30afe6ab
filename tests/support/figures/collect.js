// Lists the figures of `main`; see the package's docstring. Returns {figures: [{path, text, must}], strays, loading}.
() => {
  const DIGIT = /\d/;
  const INLINE = /^(inline|contents|none)/;
  const clean = (text) => text.replace(/[\s\u00a0\u202f]+/g, " ").trim();
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true });

  /** What an element says that has no text of its own; undefined for any other. */
  function own(element) {
    if (element.matches("[role=img]")) return element.getAttribute("aria-label") ?? "";
    if (element.matches("meter")) return ` [${element.getAttribute("aria-label")}: ${element.value}] `;
    if (element.matches("select")) return element.selectedOptions[0]?.textContent ?? "";
    if (element.matches("input, textarea")) return element.value;
    return undefined;
  }

  function said(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || !isShown(node)) return "";
    const alone = own(node);
    if (alone !== undefined) return alone;
    const inner = [...node.childNodes].map(said).join("");
    return INLINE.test(getComputedStyle(node).display) ? inner : ` ${inner} `;
  }

  const figures = [];
  const strays = [];

  function walk(parent, path) {
    for (const node of parent.childNodes) {
      if (node.nodeType === Node.TEXT_NODE && DIGIT.test(node.data)) strays.push(clean(node.data));
      if (node.nodeType === Node.ELEMENT_NODE && isShown(node)) visit(node, path);
    }
  }

  function visit(element, path) {
    const name = element.dataset.figure;
    if (name !== undefined) {
      const text = clean(said(element));
      const must = DIGIT.test(text) || element.matches("[data-value]") || !!element.querySelector("[data-value]");
      figures.push({ path: [...path, name].filter(Boolean).join("/"), text, must });
      return;
    }
    const alone = own(element);
    if (element.matches("[data-value]")) strays.push(`unnamed figure: ${clean(said(element))}`);
    else if (alone !== undefined && DIGIT.test(alone)) strays.push(clean(alone));
    else if (alone === undefined) walk(element, element.dataset.figures ? [...path, element.dataset.figures] : path);
  }

  const main = document.querySelector("main");
  walk(main, []);
  return { figures, strays, loading: main.querySelectorAll(".loading").length };
}
