/** The document that a new policy starts from: harmless, by hand only, and complete. */
export const firstPolicy = (name: string): string => `{
  "version": 1,
  "id": "idle-90",
  "name": ${JSON.stringify(name)},
  "match": {
    "all": [
      { "status": ["active"] },
      { "idle": { "longerThan": "90d" } }
    ]
  },
  "stages": [
    { "after": "0d", "do": "suspend" }
  ],
  "limits": { "users": 25, "percent": 5 }
}
`;
