using System.Text;

namespace Engine.Tests.Surface;

/// <summary>What the engine has of ML.NET's surface, as text.</summary>
internal static class SurfaceCoverage
{
    private static readonly Dictionary<string, HashSet<string>> _present = EngineApi.Types
        .ToDictionary(ApiIds.Of, t => EngineApi.Members(t).Select(ApiIds.Of).ToHashSet());

    private static readonly Dictionary<string, MLNetApi.Entry> _types = MLNetApi.Entries.Values.Where(e => e.IsType).ToDictionary(e => e.Id[2..]);

    // Every member by the type that declares it.
    private static readonly ILookup<string, MLNetApi.Entry> _members =
        MLNetApi.Entries.Values.Where(e => !e.IsType).ToLookup(e => DeclaringType(e.Id));

    public static void Write(StringBuilder text)
    {
        text.Append("| assembly | types | members |\n| --- | ---: | ---: |\n");
        foreach (var assembly in _types.Values.GroupBy(t => t.Assembly).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            int types = assembly.Count(t => _present.ContainsKey(t.Id));
            var members = assembly.SelectMany(t => _members[t.Id[2..]]).ToArray();
            text.Append($"| {assembly.Key} | {types} of {assembly.Count()} | {members.Count(IsPresent)} of {members.Length} |\n");
        }
        text.Append("\n### Members that the engine's types lack\n\n");
        foreach (var type in _types.Values.Where(t => _present.ContainsKey(t.Id)).OrderBy(t => t.Id, StringComparer.Ordinal))
            WriteLacking(text, type);
        text.Append("\n### Types that the engine lacks\n\n");
        foreach (var assembly in _types.Values.Where(t => !_present.ContainsKey(t.Id)).GroupBy(t => t.Assembly).OrderBy(g => g.Key, StringComparer.Ordinal))
            text.Append($"- {assembly.Key}: {string.Join(", ", assembly.Select(t => Short(t.Id[2..])).Distinct().Order(StringComparer.Ordinal))}\n");
    }

    private static void WriteLacking(StringBuilder text, MLNetApi.Entry type)
    {
        var lacking = _members[type.Id[2..]].Where(m => !IsPresent(m)).Select(MemberName).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (lacking.Length > 0)
            text.Append($"- `{Short(type.Id[2..])}`: {string.Join(", ", lacking)}\n");
    }

    private static bool IsPresent(MLNetApi.Entry member) =>
        _present.TryGetValue("T:" + DeclaringType(member.Id), out var members) && members.Contains(member.Id);

    private static string DeclaringType(string id) => Head(id)[..Head(id).LastIndexOf('.')][2..];

    private static string MemberName(MLNetApi.Entry member)
    {
        string name = Head(member.Id)[(Head(member.Id).LastIndexOf('.') + 1)..];
        return name == "#ctor" ? "a constructor" : name.Split("``")[0] + (member.Id.Contains('(', StringComparison.Ordinal) && Overloads(member) > 1 ? " (an overload)" : "");
    }

    private static int Overloads(MLNetApi.Entry member) => _members[DeclaringType(member.Id)].Count(m => Head(m.Id) == Head(member.Id));

    // What comes before the parameters.
    private static string Head(string id) => id.Split('(')[0];

    // The namespace says little that the assembly does not.
    private static string Short(string type)
    {
        var parts = type.Split('.');
        int from = Array.FindLastIndex(parts, p => p is "ML" or "Data" or "Runtime" or "Trainers" or "Transforms" or "Text" or "Image" or "Onnx"
            or "Vision" or "Calibrators" or "FastTree" or "Model" or "SearchSpace" or "TimeSeries");
        return string.Join('.', parts[(from + 1)..].Select(p => p.Split('`')[0]));
    }
}
