namespace FeatureTransfer.Pipelines.Advising;

/// <summary>Layers of a backbone that are judged together, with the features of the rows so far.</summary>
/// <param name="backbone">What the backbone is named by.</param>
/// <param name="layers">The layers, as the pipeline would name them.</param>
/// <param name="tensors">The tensors behind them.</param>
internal sealed class LayerFeatures(string backbone, ValueList<string> layers, IReadOnlyList<string> tensors)
{
    /// <summary>What the backbone is named by.</summary>
    public string Backbone => backbone;

    /// <summary>The layers, as the pipeline would name them.</summary>
    public ValueList<string> Layers => layers;

    /// <summary>The tensors behind them.</summary>
    public IReadOnlyList<string> Tensors => tensors;

    /// <summary>The features of rows, by the rows' numbers; a row that cannot be used has none.</summary>
    public Dictionary<int, float[]> ByRow { get; } = [];

    /// <summary>Seconds a row; 0 where all features came from the cache.</summary>
    public double SecondsPerRow { get; set; }
}
