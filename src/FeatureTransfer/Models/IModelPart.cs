namespace FeatureTransfer.Models;

/// <summary>
/// A transformer of ours. ML.NET's model files hold it as built-in transformers that do the same a row at a time; our own reader makes it
/// anew from the graph among those and from what it says of itself.
/// </summary>
internal interface IModelPart : ITransformer
{
    /// <summary>Built-in transformers that do the same.</summary>
    BuiltInForm ToBuiltIn();

    /// <summary>What model files call parts like this.</summary>
    string Kind { get; }

    /// <summary>What a model file has to say beside the graph.</summary>
    SavedPart Describe();

    /// <summary>The same for rows of a schema: the kind of the input column is part of what is saved.</summary>
    /// <param name="inputSchema">The columns before this part.</param>
    ITransformer For(DataViewSchema inputSchema);
}

/// <summary>Built-in transformers around a graph.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Around">The transformers around a graph of the same inputs and outputs; whoever asks disposes of them.</param>
internal sealed record BuiltInForm(OnnxModel Graph, Func<OnnxModel, ITransformer> Around);
