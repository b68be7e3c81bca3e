using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FeatureTransfer.FineTuning;

/// <summary>Keeps one vector a row: in memory where they fit, else in a temporary file that vanishes with the process.</summary>
internal sealed class ActivationStore : IDisposable
{
    private readonly float[][]? _rows;
    private readonly SafeFileHandle? _file;

    public ActivationStore(int rows, int length, int megabytes)
    {
        Length = length;
        if ((long)rows * length * sizeof(float) <= (long)megabytes << 20)
            _rows = new float[rows][];
        else
            _file = ScratchFile.Open("activations");
    }

    /// <summary>The numbers a row.</summary>
    public int Length { get; }

    /// <summary>Whether the rows lie in a file.</summary>
    public bool IsOnDisk => _file is not null;

    /// <summary>Keeps a row.</summary>
    public void Write(int row, ReadOnlySpan<float> values)
    {
        if (_file is null)
            _rows![row] = values.ToArray();
        else
            RandomAccess.Write(_file, MemoryMarshal.AsBytes(values), (long)row * Length * sizeof(float));
    }

    /// <summary>Gives a row back. Safe to call from several threads.</summary>
    public void Read(int row, Span<float> values)
    {
        if (_file is null)
            _rows![row].CopyTo(values);
        else if (RandomAccess.Read(_file, MemoryMarshal.AsBytes(values), (long)row * Length * sizeof(float)) < Length * sizeof(float))
            throw new FeatureTransferException("The temporary file with activations is cut short. Check that the disk has room, or raise the memory for activations.");
    }

    public void Dispose() => _file?.Dispose();
}
