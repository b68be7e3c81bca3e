using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Data with a key label, as many problems of two classes. It is read once.</summary>
internal sealed class BinaryTasks
{
    private readonly MLContext _context;
    private readonly MetaSettings _settings;
    private readonly CachedView _data;
    private readonly string _labelName;

    public BinaryTasks(MLContext context, IDataView data, MetaSettings settings)
    {
        _context = context;
        _settings = settings;
        _labelName = (settings.Trainer as ILabelled)?.LabelName ?? settings.LabelName;
        var label = data.Schema[settings.LabelName];
        _data = new(settings.MissingIsNegative ? data : new FilteredView(data, new HasKey(label.Index)), []);
    }

    /// <summary>The column that the models take their features from.</summary>
    public DataViewSchema.Column? Feature { get; private set; }

    /// <summary>Trains a model that tells some classes, by their number from 0, from the others.</summary>
    public object Train(bool calibrate, params int[] classes)
    {
        var view = Relabel(classes);
        var transformer = _settings.Trainer.Fit(view);
        if (!string.IsNullOrEmpty(transformer.FeatureColumnName))
            Feature = _data.Schema[transformer.FeatureColumnName];
        if (!calibrate || transformer.Model is IProbabilisticModel)
            return transformer.Model;
        var calibrator = _settings.Calibrator ?? _context.BinaryClassification.Calibrators.Platt(_labelName);
        var scored = new RowRangeView(transformer.Transform(view), 0, _settings.MaxCalibrationRows);
        return CalibratedModels.Join(transformer.Model, calibrator.Fit(scored).Model);
    }

    private MappedView Relabel(int[] classes)
    {
        var label = _data.Schema[_settings.LabelName];
        var keys = classes.Select(k => (uint)k + 1).ToArray();
        return new(_data, new(_data.Schema, [MapStep.Map<uint, bool>(
            label, _labelName, BooleanDataViewType.Instance, null, (in uint key, ref bool isPositive) => isPositive = keys.Contains(key))]));
    }

    /// <summary>Keeps the rows whose label is known.</summary>
    private sealed class HasKey(int label) : RowFilter(label)
    {
        public override Predicate<int> Open(BatchColumn[] inputs)
        {
            var keys = (BatchColumn<uint>)inputs[0];
            return row => keys.Values[row] != 0;
        }
    }
}
