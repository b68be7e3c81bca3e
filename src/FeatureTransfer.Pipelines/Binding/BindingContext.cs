namespace FeatureTransfer.Pipelines.Binding;

/// <summary>What reading a file needs and gathers: where relative paths start, and the faults.</summary>
internal sealed class BindingContext(string? baseFolder, bool checkFiles)
{
    /// <summary>All faults so far.</summary>
    public List<PipelineFault> Faults { get; } = [];

    /// <summary>The paths of members that are no options.</summary>
    public HashSet<string> Unknown { get; } = new(StringComparer.Ordinal);

    /// <summary>Where relative paths start.</summary>
    public string? BaseFolder { get; } = baseFolder;

    /// <summary>Whether files that are named must exist.</summary>
    public bool CheckFiles { get; } = checkFiles;

    public void Fault(JsonPlace place, string message) => Faults.Add(new PipelineFault(place, message));
}
