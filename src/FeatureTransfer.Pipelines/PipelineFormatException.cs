namespace FeatureTransfer.Pipelines;

/// <summary>A place in a JSON file.</summary>
/// <param name="File">The file.</param>
/// <param name="Path">The JSON path, such as <c>$.estimators[1].layers</c>.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public sealed record JsonPlace(string File, string Path, int Line, int Column)
{
    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column}): {Path}");
}

/// <summary>One thing that is wrong with a pipeline.</summary>
/// <param name="Place">Where.</param>
/// <param name="Message">What is wrong, what was expected, and the nearest known name.</param>
public sealed record PipelineFault(JsonPlace Place, string Message)
{
    /// <inheritdoc />
    public override string ToString() => $"{Place}: {Message}";
}

/// <summary>A pipeline file is not as it must be. The message lists every fault that was found.</summary>
public sealed class PipelineFormatException : FeatureTransferException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="faults">All faults of the file; at least one.</param>
    public PipelineFormatException(IReadOnlyList<PipelineFault> faults)
        : base(Describe(faults)) => Faults = faults;

    /// <summary>All faults of the file, in the order of their places.</summary>
    public IReadOnlyList<PipelineFault> Faults { get; }

    private static string Describe(IReadOnlyList<PipelineFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        return string.Join(Environment.NewLine, faults);
    }
}
