using System.Text.Json;

namespace Engine.Tests.Golden;

/// <summary>
/// The cases that do not agree, listed by group in Golden/Lists with their reasons: "left out" for members that the
/// engine does not have, "differs" for results that cannot agree.
/// </summary>
internal static class Exceptions
{
    private static readonly Dictionary<string, Entry> _entries = Directory
        .EnumerateFiles(Path.Combine(GoldenFiles.Folder, "..", "Lists"), "*.json").SelectMany(Read)
        .ToDictionary(e => $"{e.Group}/{e.Id}");

    public static IEnumerable<Entry> All => _entries.Values;

    /// <summary>Why a case is listed; with GOLDEN_STRICT set no case is, so that what differs is shown.</summary>
    public static string? ReasonFor(string group, string id) => Environment.GetEnvironmentVariable("GOLDEN_STRICT") is { Length: > 0 }
        ? null
        : _entries.GetValueOrDefault($"{group}/{id}")?.Reason;

    private static IEnumerable<Entry> Read(string path)
    {
        using var file = File.OpenRead(path);
        string group = Path.GetFileNameWithoutExtension(path);
        return [.. JsonDocument.Parse(file).RootElement.EnumerateObject()
            .SelectMany(kind => kind.Value.EnumerateObject().SelectMany(reason => reason.Value.EnumerateArray()
                .Select(id => new Entry(group, id.GetString()!, kind.Name, reason.Name))))];
    }

    /// <summary>One listed case.</summary>
    public sealed record Entry(string Group, string Id, string Kind, string Reason);
}
