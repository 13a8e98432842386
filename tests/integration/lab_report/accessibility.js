// SPDX-License-Identifier: BSL-1.0
//
// A function's body: the texts on the page that are hard to read, as the accessibility guidelines (WCAG 2.1 AA) count it:
// a contrast below 4.5, or below 3 for large text. Also ids that are there twice, and headings that skip a level.
const parsed = (color) => {
    const numbers = color.match(/[\d.]+/g).map(Number);
    return { rgb: numbers.slice(0, 3), alpha: numbers[3] ?? 1 };
};
const over = (top, bottom) => top.rgb.map((part, i) => part * top.alpha + bottom[i] * (1 - top.alpha));
const luminance = (rgb) => rgb.map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
const behind = (element) => {
    if (!element) return [255, 255, 255];
    const own = parsed(getComputedStyle(element).backgroundColor);
    return own.alpha === 1 ? own.rgb : over(own, behind(element.parentElement));
};
const wrong = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let checked = 0;
while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || parent.closest("script, style, title, desc, noscript, option")) continue;
    if (!parent.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(parent);
    const ground = behind(parent);
    const ink = over(parsed(parent instanceof SVGElement ? style.fill : style.color), ground);
    const [light, dark] = [luminance(ink), luminance(ground)].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    ++checked;
    if (contrast < (isLarge ? 3 : 4.5))
        wrong.push(`contrast ${contrast.toFixed(2)} of "${walker.currentNode.textContent.trim().slice(0, 40)}"`);
}
for (const curve of document.querySelectorAll("svg .curve")) {
    const [light, dark] = [luminance(parsed(getComputedStyle(curve).stroke).rgb), luminance(behind(curve.parentElement))]
        .sort((a, b) => b - a);
    if ((light + 0.05) / (dark + 0.05) < 3) wrong.push(`contrast of ${curve.getAttribute("class")}`);
}
const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
wrong.push(...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `id "${id}" twice`));
[...document.querySelectorAll("h1, h2, h3")].map((heading) => Number(heading.tagName[1])).reduce((before, level) => {
    if (level > before + 1) wrong.push(`a heading of level ${level} follows one of level ${before}`);
    return level;
}, 0);
for (const name of document.querySelectorAll("[aria-labelledby]"))
    if (!document.getElementById(name.getAttribute("aria-labelledby"))) wrong.push(`no ${name.getAttribute("aria-labelledby")}`);
return { checked, wrong: [...new Set(wrong)] };
