namespace FeatureTransfer.Inputs;

/// <summary>
/// A preparation that makes one or more windows of each value: a long text or recording becomes several, and a row's features are the mean
/// over its windows. Windows of different lengths are filled up to the longest of their batch.
/// </summary>
internal abstract class WindowPreparation : Preparation
{
    /// <summary>The length of windows, all together, that is prepared at a time.</summary>
    public abstract int BlockLength { get; }

    /// <summary>The length of windows with their filling, all together, that one run of the network takes; a longer window runs alone.</summary>
    public abstract int RunLength { get; }

    /// <summary>The windows of a value; at least one.</summary>
    /// <param name="content">The value's content.</param>
    /// <param name="name">What to call the value in an error.</param>
    /// <exception cref="BadInputException">The content cannot be used.</exception>
    public abstract IReadOnlyList<Window> Read(ReadOnlyMemory<byte> content, string name);

    /// <summary>A window like any other, to ask a network what it gives.</summary>
    public abstract Window Sample();

    /// <summary>The tensors of windows that run together, each (windows, length).</summary>
    public abstract IReadOnlyList<NamedTensor> Batch(IReadOnlyList<Window> windows);
}

/// <summary>A part of a value that a network reads at once.</summary>
/// <param name="Length">How many tokens or samples it has.</param>
internal abstract record Window(int Length);
