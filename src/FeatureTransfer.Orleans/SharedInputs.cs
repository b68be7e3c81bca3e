using System.Collections;
using FeatureTransfer.Inputs;
using FeatureTransfer.Orleans.Jobs;

namespace FeatureTransfer.Orleans;

/// <summary>Inputs whose features a cluster has computed, in their order; a source that could be read only once can be read again here. The list behind it is deleted when this is disposed of.</summary>
public sealed class SharedInputs : IEnumerable<InputValue>, IDisposable
{
    private readonly string _list;

    internal SharedInputs(string list) => _list = list;

    /// <inheritdoc/>
    public IEnumerator<InputValue> GetEnumerator() => InputList.Read(_list).GetEnumerator();

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_list);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
