namespace Microsoft.ML;

/// <inheritdoc/>
internal sealed class RowMapStep<TIn, TOut>(DataViewSchema.DetachedColumn output, int input, Func<RowMap<TIn, TOut>> factory)
    : MapStep([output], input)
{
    public override StepRun Open(BatchColumn[] inputs, bool[] activeOutputs) => new Runner((BatchColumn<TIn>)inputs[0], factory());

    private sealed class Runner(BatchColumn<TIn> source, RowMap<TIn, TOut> map) : StepRun
    {
        private readonly BatchColumn<TOut> _output = new();

        public override BatchColumn Output(int index) => _output;

        public override void Run(int rows)
        {
            _output.Resize(rows);
            var from = source.Values;
            var to = _output.Values;
            for (int i = 0; i < rows; i++)
                map(in from[i], ref to[i]);
        }
    }
}

/// <summary>Gives an input column on as it is.</summary>
internal sealed class CopyStep(DataViewSchema.DetachedColumn output, int input) : MapStep([output], input)
{
    public override StepRun Open(BatchColumn[] inputs, bool[] activeOutputs) => new Runner(inputs[0]);

    private sealed class Runner(BatchColumn source) : StepRun
    {
        public override BatchColumn Output(int index) => source;

        public override void Run(int rows)
        {
        }
    }
}
