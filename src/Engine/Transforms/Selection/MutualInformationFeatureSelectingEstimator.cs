using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Keeps the slots that tell most about the label: those of the greatest mutual information with it.</summary>
public sealed class MutualInformationFeatureSelectingEstimator : IEstimator<ITransformer>
{
    private readonly (string Output, string Input)[] _columns;
    private readonly string _labelColumnName;
    private readonly int _slotsInOutput;
    private readonly int _numberOfBins;

    internal MutualInformationFeatureSelectingEstimator(
        (string Output, string Input)[] columns, string labelColumnName, int slotsInOutput, int numberOfBins)
    {
        Check.Param(slotsInOutput > 0, nameof(slotsInOutput), "Must be positive");
        Check.Param(numberOfBins > 1, nameof(numberOfBins), "Must be greater than 1");
        Check.Name(labelColumnName);
        _columns = columns;
        _labelColumnName = labelColumnName;
        _slotsInOutput = slotsInOutput;
        _numberOfBins = numberOfBins;
    }

    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var columns = _columns.Select(c => Check.Column(input.Schema, c.Input)).ToArray();
        var label = Check.Column(input.Schema, _labelColumnName, "label", "data");
        var labels = Binned(ReadLabels(input, label), out int labelBins);
        var scores = columns.Select(c => Scores(input, c, labels, labelBins)).ToArray();
        // The best of all columns together; of equals the first, whatever the rounding of their sums.
        var best = scores.SelectMany((s, c) => s.Select((score, slot) => (Score: score, Column: c, Slot: slot)))
            .OrderByDescending(x => Math.Round(x.Score, 9)).Take(_slotsInOutput).Where(x => x.Score > 0).ToArray();
        return new SlotSelectingTransformer(
            _columns, [.. columns.Select((_, c) => best.Where(b => b.Column == c).Select(b => b.Slot).Order().ToArray())]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(_columns.Select(c => SelectionShape.Of(inputSchema.Find(c.Input), c.Output)));
    }

    private static double[] ReadLabels(IDataView input, DataViewSchema.Column label)
    {
        Check.Param(label.Type is KeyDataViewType or BooleanDataViewType or NumberDataViewType, "labelColumnName",
            $"Label column '{label.Name}' of type {label.Type} does not have compatible type: a key, Boolean or number is needed.");
        return TypeDispatch.Call(label.Type.RawType, new NumberReader(input, label));
    }

    private double[] Scores(IDataView input, DataViewSchema.Column column, int[] labels, int labelBins)
    {
        var slots = new SlotReader(input, column).Read();
        return [.. slots.Select(values => Information(Binned(values, out int bins), bins, labels, labelBins))];
    }

    /// <summary>The number of the bin of each value; missing values have the first bin to themselves.</summary>
    private int[] Binned(double[] values, out int bins)
    {
        var bounds = Binning.ByDensity([.. values.Where(v => !double.IsNaN(v))], _numberOfBins);
        bins = bounds.Length + 1;
        return [.. values.Select(v => double.IsNaN(v) ? 0 : 1 + Place(bounds, v))];
    }

    private static int Place(double[] bounds, double value)
    {
        int at = Array.BinarySearch(bounds, value);
        return Math.Min(at >= 0 ? at : ~at, bounds.Length - 1);
    }

    private static double Information(int[] values, int bins, int[] labels, int labelBins)
    {
        var joint = new double[bins, labelBins];
        var byValue = new double[bins];
        var byLabel = new double[labelBins];
        for (int i = 0; i < values.Length; i++)
        {
            joint[values[i], labels[i]]++;
            byValue[values[i]]++;
            byLabel[labels[i]]++;
        }
        double sum = 0;
        double n = values.Length;
        for (int v = 0; v < bins; v++)
            for (int l = 0; l < labelBins; l++)
                if (joint[v, l] > 0)
                    sum += joint[v, l] / n * Math.Log2(joint[v, l] * n / (byValue[v] * byLabel[l]));
        return sum;
    }

    private sealed class NumberReader(IDataView view, DataViewSchema.Column column) : IItemVisitor<double[]>
    {
        public double[] Visit<T>() => [.. view.GetColumn<T>(column).Select(v => column.Type is KeyDataViewType
            ? KeyNumber.Get(v) is var key && key == 0 ? double.NaN : key
            : Convert.ToDouble(v, System.Globalization.CultureInfo.InvariantCulture))];
    }
}
