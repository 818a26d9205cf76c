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

describe("reading a list of organizations with domains", () => {
  const listed = (text: string) => {
    const reading = readOrganizationList(text, { domains: true, limit: 1_000 });
    return reading.kind === "list" ? reading.names.map(({ text: name, domain = null }) => [name, domain]) : reading;
  };

  it.each<[string, string, readonly (readonly [string, string | null])[]]>([
    [
      "after a comma, only what is a domain",
      "Contoso Dental, contoso-dental.example\nContoso, Ltd.\nFabrikam, Inc, Fabrikam.example\nTailspin",
      [
        ["Contoso Dental", "contoso-dental.example"],
        ["Contoso, Ltd.", null],
        ["Fabrikam, Inc", "Fabrikam.example"],
        ["Tailspin", null],
      ],
    ],
    [
      "as CSV without a header",
      '"Contoso, Ltd.",contoso.example\nFabrikam;fabrikam.example\nTailspin\ttailspin.example',
      [
        ["Contoso, Ltd.", "contoso.example"],
        ["Fabrikam", "fabrikam.example"],
        ["Tailspin", "tailspin.example"],
      ],
    ],
    [
      "as CSV with a column for each",
      'Domain,Name,City\ncontoso.example,"Contoso, Ltd.",Oslo\n,Fabrikam,\nno domain,Tailspin,',
      [
        ["Contoso, Ltd.", "contoso.example"],
        ["Fabrikam", null],
        ["Tailspin", "no domain"],
      ],
    ],
    [
      "under a header of names alone",
      "name\nContoso, contoso.example\nFabrikam",
      [
        ["Contoso", "contoso.example"],
        ["Fabrikam", null],
      ],
    ],
  ])("%s", (_what, text, expected) => {
    expect(listed(text)).toEqual(expected);
  });

  it("takes up to as many lines as it is told, several columns without a title not at all, and no time over odd ones", () => {
    expect(listed(Array.from({ length: 1_001 }, (_, at) => `C${at}`).join("\n"))).toEqual({
      kind: "tooManyLines",
      lines: 1_001,
    });
    expect(listed("7,Contoso,contoso.example")).toEqual({ kind: "noNameColumn" });
    const started = performance.now();
    expect(listed(`Contoso${",".repeat(200_000)} x`)).toEqual({ kind: "noNameColumn" });
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("leaves domains in the names where none are asked for", () => {
    expect(names("Contoso, contoso.example")).toEqual([[1, "Contoso, contoso.example"]]);
  });
});
