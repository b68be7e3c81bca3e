namespace FeatureTransfer.Inputs;

/// <summary>
/// Follows a <see cref="Preprocessing"/>: a value's content becomes named tensors. Extraction, the feature cache, fine-tuning and model files
/// know no more of images, text and audio than this. Safe to use from several threads.
/// </summary>
internal abstract class Preparation
{
    /// <summary>What the values are.</summary>
    public abstract Modality Modality { get; }

    /// <summary>A stable text of everything that changes the tensors, for the keys of caches; its first word is the version of the code.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>All that it takes to make the preparation anew, as <see cref="Preparations.Parse"/> reads it; model files hold this text.</summary>
    public abstract string Text { get; }

    /// <summary>What is fed to a graph; null is its only input.</summary>
    public virtual GraphFeeds? Feeds => null;
}
