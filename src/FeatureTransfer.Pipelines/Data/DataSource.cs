namespace FeatureTransfer.Pipelines.Data;

/// <summary>
/// Where the rows of a pipeline come from. Each row has the text columns <c>ImagePath</c>, <c>Label</c> and, where the source names one,
/// <c>Group</c>; some sources add columns of numbers.
/// </summary>
public abstract record DataSource
{
    /// <summary>The column with the full path of the input, or with its name where the source holds the input itself.</summary>
    public const string PathColumn = "ImagePath";

    /// <summary>The column with the label.</summary>
    public const string LabelColumn = "Label";

    /// <summary>The column with the group.</summary>
    public const string GroupColumn = "Group";

    /// <summary>
    /// The most rows to use, taken in turn from the labels so that each keeps some; null for all. For trying a pipeline out. Default null.
    /// </summary>
    public int? Limit { get; init; }

    /// <summary>Reads the rows, in an order that depends on the data alone.</summary>
    internal abstract SourceRows Read(SourceContext context);
}

/// <summary>What a source needs to know.</summary>
internal sealed record SourceContext(string? BaseFolder, IRejectedRowSink Rejected, CancellationToken Cancellation)
{
    /// <summary>Runs SQL; null for nobody.</summary>
    public ISqlEngine? Sql { get; init; }

    /// <summary>Is told what a user ought to know of the data and no row is rejected for. Default nobody.</summary>
    public Action<string> Note { get; init; } = _ => { };

    /// <summary>Whether labels are numbers, which tables write with a comma too.</summary>
    public bool NumberLabels { get; init; }

    /// <summary>Whether numbers may be missing: the chain has a step that says what stands for them.</summary>
    public bool MissingNumbers { get; init; }

    /// <summary>Says why a label cannot be used; null when it can. Default: any can that is not empty.</summary>
    public Func<string, string?> LabelFault { get; init; } = label => label.Length == 0 ? "is empty, so the row has no label" : null;
}
