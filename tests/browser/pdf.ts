/** Small PDF files, made for the tests. */

/** A PDF file with `pages`, each of lines in Helvetica. One without lines is an empty page. With `locked` it asks for a password. */
export function pdf(pages: readonly (readonly string[])[], locked = false): Buffer {
  const string = (text: string) => `(${text.replace(/[\\()]/g, "\\$&")})`;
  const ids = pages.map((_, i) => 4 + 2 * i);
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    `<</Type/Pages/Count ${pages.length}/Kids[${ids.map((id) => `${id} 0 R`).join(" ")}]>>`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ...pages.flatMap((lines, i) => {
      const content = lines.length === 0 ? "" : `BT /F1 12 Tf 16 TL 50 760 Td ${lines.map((line) => `${string(line)} Tj T*`).join(" ")} ET`;
      return [
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents ${4 + 2 * i + 1} 0 R/Resources<</Font<</F1 3 0 R>>>>>>`,
        `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let file = "%PDF-1.4\n";
  const places = objects.map((object, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  // No password opens it, not even the empty one.
  const key = "00".repeat(32);
  const lock = locked ? `/Encrypt<</Filter/Standard/V 1/R 2/O<${key}>/U<${key}>/P -4>>/ID[<00><00>]` : "";
  const size = objects.length + 1;
  return Buffer.from(
    `${file}xref\n0 ${size}\n0000000000 65535 f \n${places.join("")}trailer\n<</Size ${size}/Root 1 0 R${lock}>>\nstartxref\n${file.length}\n%%EOF\n`,
    "latin1",
  );
}
