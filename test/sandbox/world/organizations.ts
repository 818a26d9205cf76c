/** Customers of the account, by the names an MSP would file them under. The bot is told them by chat or store. */
export const organizationNames = [
  "Contoso Dental",
  "Fabrikam Logistics",
  "Northwind Legal",
  "Tailspin Toys",
  "Adventure Works Cycles",
  "Wide World Importers",
  "Woodgrove Bank",
  "Litware Insurance",
  "Proseware Publishing",
  "Lucerne Fine Foods",
  "Alpine Ski House",
  "Graphic Design Institute",
  "Humongous Insurance",
  "Margie's Travel",
] as const;
