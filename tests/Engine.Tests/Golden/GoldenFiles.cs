using System.Text.Json;

namespace Engine.Tests.Golden;

/// <summary>The golden files beside the tests.</summary>
internal static class GoldenFiles
{
    private static readonly Dictionary<string, JsonElement> _groups = [];

    public static string Folder { get; } = Path.Combine(TestContext.CurrentContext.TestDirectory, "Golden", "Data");

    public static IEnumerable<string> Groups => Directory.EnumerateFiles(Folder, "*.json")
        .Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => n != "definitions").Order(StringComparer.Ordinal);

    public static IEnumerable<JsonElement> Cases(string group) => Read(group).GetProperty("cases").EnumerateArray();

    public static JsonElement Case(string group, string id) =>
        Cases(group).Single(c => c.GetProperty("id").GetString() == id);

    /// <summary>The data that the code of cases calls by name.</summary>
    public static JsonElement Definition(string name) => Read("definitions").GetProperty("data").GetProperty(name);

    private static JsonElement Read(string group)
    {
        lock (_groups)
        {
            if (!_groups.TryGetValue(group, out var root))
            {
                using var file = File.OpenRead(Path.Combine(Folder, group + ".json"));
                _groups.Add(group, root = JsonDocument.Parse(file).RootElement);
            }
            return root;
        }
    }
}
