using LibVips;
using Microsoft.ML.Data;

namespace Microsoft.ML.Vision;

/// <summary>Room for some images on their way through a network; for one caller at a time.</summary>
internal sealed class ImageBatch(ImageNetwork network)
{
    private readonly float[] _tensor = new float[network.MaxRows * network.Input.Length];
    private readonly string?[] _faults = new string?[network.MaxRows];

    /// <summary>What is wrong with an image of the last run; null where it has a vector.</summary>
    public string? Fault(int row) => _faults[row];

    /// <summary>The vector of each image; empty where it cannot be decoded, see <see cref="Fault"/>.</summary>
    public IReadOnlyList<ReadOnlyMemory<float>> Run(VBuffer<byte>[] images, int start, int rows)
    {
        if (rows == 1)
            Decode(images[start], 0);
        else
            Parallel.For(0, rows, row => Decode(images[start + row], row));
        if (_faults.Take(rows).All(fault => fault is not null))
            return new ReadOnlyMemory<float>[rows];
        var vectors = network.Run(_tensor, rows);
        int length = vectors.Length / rows;
        return [.. Enumerable.Range(0, rows).Select(row => _faults[row] is null ? vectors.Slice(row * length, length) : default)];
    }

    private void Decode(in VBuffer<byte> image, int row)
    {
        var tensor = _tensor.AsSpan(row * network.Input.Length, network.Input.Length);
        _faults[row] = null;
        try
        {
            if (image.Length == 0)
                _faults[row] = "it is empty";
            else
                ImageTensor.Read(image.IsDense ? image.GetValues() : [.. image.DenseValues()], network.Input, tensor);
        }
        catch (VipsException e)
        {
            _faults[row] = e.Message;
        }
        // Its place goes through the network all the same.
        if (_faults[row] is not null)
            tensor.Clear();
    }
}
