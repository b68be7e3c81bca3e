namespace FeatureTransfer.Pipelines.Data;

/// <summary>One row of a <see cref="ListSource" />.</summary>
public sealed record ListItem
{
    /// <summary>The path of the input.</summary>
    public required string Path { get; init; }

    /// <summary>The label.</summary>
    public required string Label { get; init; }

    /// <summary>The group; null for none.</summary>
    public string? Group { get; init; }
}

/// <summary>Rows that are written out in the pipeline itself.</summary>
public sealed record ListSource : DataSource
{
    /// <summary>The rows.</summary>
    public required ValueList<ListItem> Items { get; init; }

    internal override SourceRows Read(SourceContext context) => new(
        "the list",
        [.. Items.Select(i => new SourceRow(PipelinePaths.Resolve(i.Path, context.BaseFolder), i.Label, i.Group, []))],
        []);
}
