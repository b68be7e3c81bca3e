using FeatureTransfer.Extraction.Sessions;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>A batch that is being filled: each decoder writes its image into a slot of its own. Slots are given out under the schedule's lock.</summary>
internal sealed class FlowBatch<T>
{
    private readonly TensorPool _pool;
    private readonly FlowTicket<T>?[] _rows;
    private readonly Stack<int> _free;
    private readonly Lock _lock = new();
    private TensorBatch? _tensors;
    private int _writing;

    public FlowBatch(TensorPool pool, int capacity)
    {
        _pool = pool;
        _rows = new FlowTicket<T>?[capacity];
        _free = new Stack<int>(Enumerable.Range(0, capacity).Reverse());
    }

    /// <summary>The memory, rented when the first image is decoded: rows that are cached need none.</summary>
    public TensorBatch Tensors
    {
        get
        {
            lock (_lock)
                return _tensors ??= _pool.Rent(_rows.Length);
        }
    }

    public bool HasFree => _free.Count > 0;

    public bool IsEmpty => _rows.Length == _free.Count + _writing;

    /// <summary>Whether nobody writes to it at the moment.</summary>
    public bool IsStill => _writing == 0;

    /// <summary>How many rows have to be run: up to the last that is filled.</summary>
    public int Rows => Array.FindLastIndex(_rows, row => row is not null) + 1;

    /// <summary>How many of these hold an image: a slot that was given back may lie between.</summary>
    public int Filled => _rows.Count(row => row is not null);

    /// <summary>The row in a slot, or null where none was filled.</summary>
    public FlowTicket<T>? this[int slot] => _rows[slot];

    public int Take()
    {
        _writing++;
        return _free.Pop();
    }

    public void Fill(int slot, FlowTicket<T> row)
    {
        _writing--;
        _rows[slot] = row;
    }

    public void GiveBack(int slot)
    {
        _writing--;
        _free.Push(slot);
    }

    /// <summary>Returns the memory.</summary>
    public void Release()
    {
        if (_tensors is { } tensors)
            _pool.Return(tensors);
        _tensors = null;
    }
}
