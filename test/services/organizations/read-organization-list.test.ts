import { describe, expect, it } from "vitest";
import { LIST_LINES_LIMIT, readOrganizationList } from "../../../services/organizations/read-organization-list.ts";

const names = (text: string) => {
  const reading = readOrganizationList(text);
  return reading.kind === "list" ? reading.names.map(({ line, text: name }) => [line, name]) : reading;
};

describe("reading a list of organizations", () => {
  it.each<[string, string, readonly (readonly [number, string])[]]>([
    [
      "one per line",
      "Contoso\nFabrikam",
      [
        [1, "Contoso"],
        [2, "Fabrikam"],
      ],
    ],
    [
      "blank lines, Windows' line ends, a byte order mark",
      "\uFEFF\r\n Contoso \r\n\r\nFabrikam\r\n",
      [
        [2, "Contoso"],
        [4, "Fabrikam"],
      ],
    ],
    [
      "a comma in a name",
      "Contoso, Ltd.\nFabrikam, Inc",
      [
        [1, "Contoso, Ltd."],
        [2, "Fabrikam, Inc"],
      ],
    ],
    [
      "quotes around a name",
      '"Contoso ""Dental"""\n"Fabrikam"',
      [
        [1, 'Contoso "Dental"'],
        [2, "Fabrikam"],
      ],
    ],
    ["a header of its own", "Name\nContoso, Ltd.", [[2, "Contoso, Ltd."]]],
    [
      "CSV with other columns",
      'id,Name,city\n7,"Contoso, Ltd.",Oslo\n8,Fabrikam,',
      [
        [2, "Contoso, Ltd."],
        [3, "Fabrikam"],
      ],
    ],
    ["semicolons, as Excel writes them in Europe", '"Name";"Nr"\nContoso, Ltd.;7', [[2, "Contoso, Ltd."]]],
    [
      "tabs, as a sheet is pasted",
      "Nr\tName\n1\tContoso\n2\tFabrikam",
      [
        [2, "Contoso"],
        [3, "Fabrikam"],
      ],
    ],
    [
      "rows too short to have a name",
      "id,name\n1\n2,Contoso",
      [
        [2, ""],
        [3, "Contoso"],
      ],
    ],
    [
      "a name over two lines",
      'id,name\n1,"Contoso\nDental"\n2,Adatum',
      [
        [3, "Contoso\nDental"],
        [4, "Adatum"],
      ],
    ],
    [
      "quotes inside a cell",
      'id,name\n1,5" Pizza\n2,Adatum',
      [
        [2, '5" Pizza'],
        [3, "Adatum"],
      ],
    ],
  ])("takes %s", (_what, text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it.each(["", " \n\t\r\n ", "name", "id,name\r\n\r\n", "\uFEFF"])("says that %j is empty", (text) => {
    expect(readOrganizationList(text)).toEqual({ kind: "empty" });
  });

  it.each(["id,city\n1,Oslo", "7;Contoso", "1\tContoso"])("says that %j has no name column", (text) => {
    expect(readOrganizationList(text)).toEqual({ kind: "noNameColumn" });
  });

  it("says where a quotation mark is not closed", () => {
    const reading = readOrganizationList('id,name\n1,Contoso\n2,"Fabrikam\n3,Adatum');
    expect(reading.kind).toBe("brokenQuotes");
  });

  it("takes 50,000 names, with a header or without, and not one more", () => {
    const lines = Array.from({ length: LIST_LINES_LIMIT }, (_, at) => `Customer ${at}`);
    expect(names(lines.join("\n"))).toHaveLength(LIST_LINES_LIMIT);
    expect(names(["name", ...lines].join("\n"))).toHaveLength(LIST_LINES_LIMIT);
    expect(names(["id,name", ...lines.map((name) => `1,${name}`)].join("\n"))).toHaveLength(LIST_LINES_LIMIT);
    const tooMany = { kind: "tooManyLines", lines: LIST_LINES_LIMIT + 1 };
    expect(readOrganizationList([...lines, "One more"].join("\n"))).toEqual(tooMany);
  });
});
