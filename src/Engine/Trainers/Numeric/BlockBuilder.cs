using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Gathers rows into blocks: dense where most values are stored, else sparse.</summary>
internal sealed class BlockBuilder(int features)
{
    // Large enough to make the work on a block worth a task, small enough that the last one wastes little.
    private const int DenseValues = 1 << 20;
    private const int SparseRows = 4096;

    private readonly List<FeatureBlock> _blocks = [];
    private readonly int _denseRows = Math.Clamp(DenseValues / Math.Max(features, 1), 16, 4096);
    private float[]? _dense;
    private List<float>? _values;
    private List<int>? _indices;
    private List<int>? _ends;
    private int _rows;

    public int Count { get; private set; }

    public void Add(in VBuffer<float> row)
    {
        var values = row.GetValues();
        if (_rows == 0)
            Begin(values.Length * 4 >= features);
        if (_dense is not null)
            row.CopyTo(_dense.AsSpan(_rows * features, features));
        else
            AddSparse(values, row.GetIndices());
        Count++;
        if (++_rows == (_dense is null ? SparseRows : _denseRows))
            End();
    }

    public FeatureBlock[] ToBlocks()
    {
        End();
        return [.. _blocks];
    }

    private void Begin(bool dense)
    {
        if (dense)
        {
            _dense = new float[_denseRows * features];
            return;
        }
        _values = [];
        _indices = [];
        _ends = [];
    }

    private void AddSparse(ReadOnlySpan<float> values, ReadOnlySpan<int> indices)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] == 0)
                continue;
            _values!.Add(values[i]);
            _indices!.Add(indices.IsEmpty ? i : indices[i]);
        }
        _ends!.Add(_values!.Count);
    }

    private void End()
    {
        if (_rows == 0)
            return;
        int start = Count - _rows;
        if (_dense is not null)
        {
            if (_rows < _denseRows)
                Array.Resize(ref _dense, _rows * features);
            _blocks.Add(new DenseBlock(start, _rows, features, _dense));
        }
        else
        {
            _blocks.Add(new SparseBlock(start, [.. _ends!], [.. _indices!], [.. _values!]));
        }
        _dense = null;
        _rows = 0;
    }
}
