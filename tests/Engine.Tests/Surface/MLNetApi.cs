namespace Engine.Tests.Surface;

/// <summary>ML.NET's public surface, out of the lists beside the tests.</summary>
internal static class MLNetApi
{
    /// <summary>The entries by documentation id.</summary>
    public static IReadOnlyDictionary<string, Entry> Entries { get; } = Directory
        .EnumerateFiles(Path.Combine(TestContext.CurrentContext.TestDirectory, "Surface"), "*.tsv")
        .SelectMany(File.ReadLines).Where(l => l.Length > 0).Select(Parse).ToDictionary(e => e.Id);

    // A default may be a tab itself.
    private static Entry Parse(string line) => line.Split('\t', 3) is var parts && parts.Length > 2
        ? new(parts[0], parts[1], parts[2])
        : new(parts[0], parts[1], "");

    /// <summary>One line of the lists.</summary>
    public sealed record Entry(string Assembly, string Id, string Shape)
    {
        public bool IsType => Id[0] == 'T';

        /// <summary>Of a type: the words before its ancestors.</summary>
        public string Kind => Shape.Split(" : ")[0];

        /// <summary>Of a type: its base class and interfaces.</summary>
        public IEnumerable<string> Ancestors => Shape.Split(" : ") is [_, var list] ? Split(list) : [];

        // Commas inside braces part arguments, not ancestors.
        private static IEnumerable<string> Split(string list)
        {
            int depth = 0, start = 0;
            for (int i = 0; i < list.Length; i++)
            {
                depth += list[i] == '{' ? 1 : list[i] == '}' ? -1 : 0;
                if (list[i] != ',' || depth > 0)
                    continue;
                yield return list[start..i].Trim();
                start = i + 1;
            }
            yield return list[start..].Trim();
        }
    }
}
