using System.Collections.Concurrent;

namespace FeatureTransfer.Extraction.Sessions;

/// <summary>Batches' memory that is used again. It grows to what is used at once and no further.</summary>
internal sealed class TensorPool(RowShapes shapes)
{
    private readonly ConcurrentDictionary<int, ConcurrentBag<TensorBatch>> _free = new();
    private int _rented;

    /// <summary>How many are out at the moment.</summary>
    public int Rented => Volatile.Read(ref _rented);

    /// <summary>How many are waiting to be used again.</summary>
    public int Kept => _free.Values.Sum(bag => bag.Count);

    public TensorBatch Rent(int capacity)
    {
        Interlocked.Increment(ref _rented);
        return Bag(capacity).TryTake(out var tensors) ? tensors : new TensorBatch(capacity, shapes);
    }

    public void Return(TensorBatch tensors)
    {
        Bag(tensors.Capacity).Add(tensors);
        Interlocked.Decrement(ref _rented);
    }

    private ConcurrentBag<TensorBatch> Bag(int capacity) => _free.GetOrAdd(capacity, _ => []);
}
