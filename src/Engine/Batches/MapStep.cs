using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>
/// Output columns computed together from input columns, row by row independently: what a transformer is
/// once it is bound to an input schema.
/// </summary>
internal abstract class MapStep(IReadOnlyList<DataViewSchema.DetachedColumn> outputs, params int[] inputs)
{
    public IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } = outputs;

    /// <summary>The indices of the input columns.</summary>
    public IReadOnlyList<int> Inputs { get; } = inputs;

    /// <summary>The most rows to compute at once, where values are large.</summary>
    public virtual int MaxRows => int.MaxValue;

    /// <summary>Opens a run over input columns that lie in the order of <see cref="Inputs"/>.</summary>
    public abstract StepRun Open(BatchColumn[] inputs, bool[] activeOutputs);

    /// <summary>One output from one input by a function of one row; the factory makes a function for each run.</summary>
    public static MapStep Map<TIn, TOut>(
        DataViewSchema.Column input, string name, DataViewType type, DataViewSchema.Annotations? annotations, Func<RowMap<TIn, TOut>> factory) =>
        new RowMapStep<TIn, TOut>(new(name, type, annotations), input.Index, factory);

    public static MapStep Map<TIn, TOut>(
        DataViewSchema.Column input, string name, DataViewType type, DataViewSchema.Annotations? annotations, RowMap<TIn, TOut> map) =>
        Map(input, name, type, annotations, () => map);

    /// <summary>An input column under another name.</summary>
    public static MapStep Copy(DataViewSchema.Column input, string name, DataViewSchema.Annotations? annotations = null) =>
        new CopyStep(new(name, input.Type, annotations ?? input.Annotations), input.Index);
}

/// <summary>Computes one value from one value.</summary>
internal delegate void RowMap<TIn, TOut>(in TIn source, ref TOut destination);

/// <summary>A step at work: reads its input columns, fills its output columns.</summary>
internal abstract class StepRun : IDisposable
{
    /// <summary>The column of an active output.</summary>
    public abstract BatchColumn Output(int index);

    /// <summary>Computes the outputs of the rows that now lie in the inputs.</summary>
    public abstract void Run(int rows);

    public virtual void Dispose()
    {
    }
}
