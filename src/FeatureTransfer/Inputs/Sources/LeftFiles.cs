namespace FeatureTransfer.Inputs.Sources;

/// <summary>Counts what was left out of a folder or an archive, for whoever tells the user.</summary>
/// <param name="kind">What was looked for.</param>
internal sealed class LeftFiles(string kind = "images")
{
    private const int Named = 5;
    private readonly SortedDictionary<string, int> _endings = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _folders = [];

    /// <summary>A file of another kind.</summary>
    public void File(string path)
    {
        var ending = Path.GetExtension(path) is { Length: > 0 } known ? known : "no ending";
        _endings[ending] = _endings.GetValueOrDefault(ending) + 1;
    }

    /// <summary>A folder that was not gone into.</summary>
    public void Folder(string path, string reason) => _folders.Add($"{path} {reason}");

    /// <summary>What was left out, a sentence each; nothing where nothing was.</summary>
    /// <param name="origin">The folder or the archive.</param>
    public IEnumerable<string> Notes(string origin)
    {
        if (_endings.Count > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{origin}: {_endings.Values.Sum()} files were left alone, for they are no {kind}: {string.Join(", ", _endings.OrderByDescending(ending => ending.Value).Take(Named).Select(ending => string.Create(CultureInfo.InvariantCulture, $"{ending.Key} ({ending.Value})")))}{(_endings.Count > Named ? " and others" : "")}");
        foreach (var folder in _folders)
            yield return $"{folder}, so it was left out";
    }
}
