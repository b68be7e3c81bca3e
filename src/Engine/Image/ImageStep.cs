using System.Runtime.ExceptionServices;

namespace Microsoft.ML.Transforms.Image;

/// <summary>One output from one input, where either is an image: few rows at once, for they are large, and those in parallel.</summary>
internal sealed class ImageStep<TIn, TOut>(DataViewSchema.DetachedColumn output, int input, RowMap<TIn, TOut> map) : MapStep([output], input)
{
    public override int MaxRows => 16;

    public override StepRun Open(BatchColumn[] inputs, bool[] activeOutputs) => new Runner((BatchColumn<TIn>)inputs[0], map);

    private sealed class Runner(BatchColumn<TIn> source, RowMap<TIn, TOut> map) : StepRun
    {
        private readonly BatchColumn<TOut> _output = new();

        public override BatchColumn Output(int index) => _output;

        public override void Run(int rows)
        {
            _output.Resize(rows);
            if (rows == 1)
            {
                map(in source.Values[0], ref _output.Values[0]);
                return;
            }
            try
            {
                Parallel.For(0, rows, row => map(in source.Values[row], ref _output.Values[row]));
            }
            catch (AggregateException e)
            {
                ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            }
        }
    }
}

/// <summary>Checks of the image transforms' inputs.</summary>
internal static class ImageColumns
{
    public static ImageDataViewType Image(DataViewSchema.Column column, bool sized = false) => column.Type is ImageDataViewType image && (image.IsKnownSize || !sized)
        ? image
        : throw Check.Mismatch("input", column.Name, sized ? "Image of known size (add ResizeImages before)" : "Image", column.Type.ToString()!);

    public static SchemaShape.Column Image(SchemaShape shape, string name)
    {
        var column = shape.Find(name);
        return column.Kind == SchemaShape.Column.VectorKind.Scalar && column.ItemType is ImageDataViewType
            ? column
            : throw Check.Mismatch("input", name, "Image", column.TypeText());
    }
}
