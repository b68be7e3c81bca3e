namespace FeatureTransfer.FineTuning;

/// <summary>Gives what the trainable part begins with, row by row. Safe to call from several threads.</summary>
internal interface IRowSource : IDisposable
{
    /// <summary>Reads a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="epoch">The epoch, for what changes from epoch to epoch.</param>
    /// <param name="values">Takes the inputs of the part, one behind the other.</param>
    void Read(int row, int epoch, Span<float> values);
}

/// <summary>Activations that were computed once.</summary>
internal sealed class StoredRows(ActivationStore store) : IRowSource
{
    public void Read(int row, int epoch, Span<float> values) => store.Read(row, values);

    public void Dispose() => store.Dispose();
}
