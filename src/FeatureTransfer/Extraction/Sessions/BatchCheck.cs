using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Extraction.Sessions;

/// <summary>
/// Holds that a row's features do not depend on the rows beside it: the first batch that is run is compared, bit by bit, with its rows run
/// alone. A runtime whose kernels round otherwise in batches, or a model that mixes rows, is from then on run row by row. So a run that was
/// killed and resumed, where other rows share a batch, ends with the same bytes.
/// </summary>
internal sealed class BatchCheck(FeatureSession session, string name, ILogger logger)
{
    private readonly Lock _lock = new();
    private bool? _passed;

    /// <summary>Whether rows may be run together; the first call compares.</summary>
    /// <param name="tensors">A batch that was run.</param>
    /// <param name="rows">How many of its rows were.</param>
    public bool Passes(TensorBatch tensors, int rows)
    {
        lock (_lock)
        {
            if (_passed is null)
            {
                _passed = Compare(tensors, rows);
                if (_passed is false)
                    logger.LogWarning("{Model}: a row's features depend on the rows of its batch, so rows are run one by one. Set the batch size to 1.", name);
            }

            return _passed.Value;
        }
    }

    private bool Compare(TensorBatch tensors, int rows)
    {
        var alone = new TensorBatch(1, session.Shapes);
        return new[] { 0, rows / 2, rows - 1 }.Distinct().All(row => Same(tensors, row, alone));
    }

    private bool Same(TensorBatch tensors, int row, TensorBatch alone)
    {
        tensors.Input(row).CopyTo(alone.Input(0));
        session.RunTogether(alone, 0, 1);
        return MemoryMarshal.AsBytes(alone.Output(0)).SequenceEqual(MemoryMarshal.AsBytes(tensors.Output(row)));
    }
}
