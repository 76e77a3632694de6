// What the interface says of an instance's videos; beside `strings.ts`, for who plays none does not fetch it.

export const words = {
  automatic: (language: string) => `${language} (auto-generated)`,
};
