namespace FeatureTransfer.Models;

/// <summary>
/// A transformer of ours that runs others. One after another, its parts do the same in full: model files hold them as a chain, and our own reader
/// makes the composite anew from that chain and from what it says of itself.
/// </summary>
internal interface ICompositePart : ITransformer
{
    /// <summary>The chain that stands for it.</summary>
    IReadOnlyList<ITransformer> Parts { get; }

    /// <summary>What model files call composites like this.</summary>
    string Kind { get; }

    /// <summary>The same with other parts, each of which does what the one in its place did.</summary>
    ITransformer With(IReadOnlyList<ITransformer> parts);

    /// <summary>What a model file has to say beside the parts.</summary>
    SavedComposite Describe();
}
