using FeatureTransfer.Backbones;
using FeatureTransfer.Inputs;
using FeatureTransfer.Onnx;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>A fault of a pipeline that can be known before any data move: where it is, such as <c>$.estimators[2]</c>, and what it is.</summary>
internal sealed record ChainFault(string Place, string Message)
{
    public override string ToString() => $"{Place}: {Message}";
}

/// <summary>Finds what is wrong with a chain by its options, its cards and the backbones that are at hand.</summary>
internal static class ChainFaults
{
    /// <summary>All faults, in the order of the chain.</summary>
    /// <param name="definition">The pipeline.</param>
    /// <param name="services">Where backbones come from.</param>
    /// <param name="sound">Steps that were found right before, which are not looked at again; those that are now join them. Default null.</param>
    public static IEnumerable<ChainFault> Of(PipelineDefinition definition, FeatureTransferServices services, HashSet<PipelineStep>? sound = null) =>
    [
        .. StepTask.Faults(definition).Select(fault => new ChainFault(fault.Place, fault.Message)),
        .. Baseline(definition, services),
        .. Slicing.Faults(definition),
        .. LimitFinder.Faults(definition),
        .. FewShotRun.Faults(definition),
        .. ProbeRun.Faults(definition),
        .. Order(definition, definition.Estimators, StepTree.Root),
        .. Columns(definition),
        .. Steps(definition, services, sound ?? []),
        .. Patterns(definition),
        .. TargetFaults.OfForm(definition).Select(fault => new ChainFault(fault.Place, fault.Message)),
        .. TargetFaults.OfColumns(definition),
        .. SearchFaults.Of(definition, services),
    ];

    /// <summary>What cannot be known yet: layers that no card names, of backbones that are not here.</summary>
    public static IEnumerable<string> Unchecked(PipelineDefinition definition, FeatureTransferServices services)
    {
        var build = new StepBuild(new MLContext(definition.Seed), services, definition.BaseFolder);
        foreach (var step in definition.Estimators.Flatten().OfType<ExtractFeaturesStep>())
        {
            var card = services.Catalog.Get(build.ResolveBackbone(step.Backbone));
            if (!services.Backbones.IsLocal(card) && step.Layers.FirstOrDefault(layer => layer != ModelCard.Penultimate && !card.Layers.ContainsKey(layer)) is { } layer)
                yield return $"the layer '{layer}' is not on the card of {card.Id}{Binding.Suggestion.For(layer, card.Layers.Keys)}; whether its graph has it is checked once the backbone is here (ft models pull {card.Id})";
        }
    }

    private static IEnumerable<ChainFault> Columns(PipelineDefinition definition)
    {
        var source = StepColumns.Of(definition.Data);
        foreach (var taken in StepColumns.Texts(definition.Data).Intersect([DataSource.PathColumn, DataSource.LabelColumn, DataSource.GroupColumn]))
            yield return new ChainFault("$.data.texts", $"\"{taken}\" is the name of a column that rows have for themselves; call the field otherwise");
        if (!source.Contains(definition.Evaluation.LabelColumn))
            yield return new ChainFault("$.evaluation.labelColumn", Missing(definition.Evaluation.LabelColumn, source, "the data"));
        if (definition.Split.GroupColumn is { } group && !source.Contains(group))
            yield return new ChainFault("$.split.groupColumn", Missing(group, source, "the data"));
        foreach (var fault in Columns(definition, definition.Estimators, StepTree.Root, source, []))
            yield return fault;
    }

    private static IEnumerable<ChainFault> Columns(PipelineDefinition definition, ValueList<PipelineStep> steps, string place, IReadOnlySet<string> known, HashSet<string> keys)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var (step, own) = (steps[i], StepTree.Item(place, i));
            foreach (var column in StepColumns.Read(step).Where(column => !known.Contains(column)))
                yield return new ChainFault(own, Missing(column, known, $"what comes before {StepTable.NameOf(step)}"));
            if (definition.Task == PipelineTask.Multiclass && LabelOf(step) is { } label && StepColumns.Of(definition.Data).Contains(label) && !keys.Contains(label))
                yield return new ChainFault(own, $"the column \"{label}\" is text, and {StepTable.NameOf(step)} learns keys; put MapValueToKey with the output \"{label}\" before it");
            foreach (var inner in Within(step, own).SelectMany(chain => Columns(definition, chain.Steps, chain.Name, known, [.. keys])))
                yield return inner;
            if (AsksForLabels(definition, steps, i))
                yield return new ChainFault(own, $"{StepTable.NameOf(step)} reads the labels in the column \"{definition.Evaluation.LabelColumn}\", which are text again once the chain has learned. Leave the step out, or let CopyColumns copy the column before the first step that learns");
            if (step is OutputStep output)
                keys.Add(output.Output);

            // What is missing was told of once; what the step makes is taken to be there.
            if (StepColumns.Behind(step, known) is not { } behind)
                yield break;
            known = behind;
        }
    }

    // Trainers of other tasks than classes are handed labels as numbers or as true and false, and what stands before them sees these too.
    private static bool AsksForLabels(PipelineDefinition definition, ValueList<PipelineStep> steps, int number)
    {
        var step = steps[number];
        return definition.Task != PipelineTask.Multiclass
            && steps.Take(number + 1).Any(StepTable.Trains)
            && step is OutputStep and not SelectFeaturesBasedOnMutualInformationStep
            && StepColumns.Read(step).Contains(definition.Evaluation.LabelColumn);
    }

    private static string? LabelOf(PipelineStep step) => step is TrainerStep trainer ? trainer.LabelColumn : (step as ICompositeStep)?.LabelColumn;

    // The chains within a step, called by their places.
    private static IEnumerable<NestedSteps> Within(PipelineStep step, string place) =>
        step is ICompositeStep composite ? composite.Chains.Select(chain => chain with { Name = $"{place}.{chain.Name}" }) : [];

    private static IEnumerable<ChainFault> Order(PipelineDefinition definition, ValueList<PipelineStep> steps, string place)
    {
        if (!steps.Any(StepColumns.IsTrainer) && !steps.Any(step => step is ApplyOnnxModelStep or OutputStep { Output: "Score" }))
            yield return new ChainFault(place, $"no step is a trainer. {StepTask.Advice(definition.Task)}");
        for (var i = 0; definition.Data is ArchiveSource archive && i < steps.Count; i++)
        {
            if (steps[i] is LoadImagesStep or LoadRawImageBytesStep or CascadeStep)
                yield return new ChainFault(StepTree.Item(place, i), ChainModel.NoFiles(steps[i], archive.Path));
        }

        for (var i = 0; i < steps.Count; i++)
        {
            if (place != StepTree.Root && steps[i] is SelectColumnsStep)
                yield return new ChainFault(StepTree.Item(place, i), "SelectColumns leaves out columns that the other chains may read. Name what is in the way with DropColumns");
            foreach (var inner in Within(steps[i], StepTree.Item(place, i)).SelectMany(chain => Order(definition, chain.Steps, chain.Name)))
                yield return inner;
        }

        if (steps.FirstOrDefault(StepTable.Trains) is not { } learns)
            yield break;
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is ExtractFeaturesStep or CascadeStep or IImageStep && steps.Take(i).Any(StepTable.Trains))
                yield return new ChainFault(StepTree.Item(place, i), $"{StepTable.NameOf(steps[i])} stands behind {StepTable.NameOf(learns)}, which learns. Images and frozen backbones run once over all rows, so move it to the front of the chain");
        }
    }

    // What a step refuses of its options, and the layers of backbones that are here.
    private static IEnumerable<ChainFault> Steps(PipelineDefinition definition, FeatureTransferServices services, HashSet<PipelineStep> sound)
    {
        var build = new StepBuild(new MLContext(definition.Seed), services, definition.BaseFolder) { Task = definition.Task, Seed = definition.Seed };
        foreach (var (place, step) in definition.Estimators.Placed(StepTree.Root).Where(placed => !sound.Contains(placed.Step)))
        {
            if ((Fault(() => NamedEstimator.Of(step, build with { Place = $"{place}." })) ?? Fault(() => CheckLayers(step, build))) is { } fault)
                yield return new ChainFault(place, fault);
            else
                sound.Add(step);
        }
    }

    private static void CheckLayers(PipelineStep step, StepBuild build)
    {
        if (step is ExtractFeaturesStep extract)
        {
            var card = Card(build.ResolveBackbone(extract.Backbone), extract.Input, extract.Pair, build);
            if (extract.Layers.Count > 0 && Local(card, build) is { } stored && stored.LoadModel() is var model)
                FeatureGraph.Build(model, stored.ResolveLayers(model, extract.Layers), extract.Pooling ?? card.DefaultPooling, card.Modality == Modality.Image ? null : stored.Prepare(null).Feeds, extract.UnitLength);
        }
        else if (step is IImageTrainerStep trainer && trainer.Training(build) is var options)
        {
            var card = Card(options.Backbone, options.InputColumnName, options.PairColumnName, build);
            var learning = options.Unfreeze.Select(part => part.From).Append(options.TrainableFrom).OfType<string>();
            if (Local(card, build) is { } stored && stored.LoadModel() is var model)
                GraphCutter.Cut(model, [.. stored.ResolveLayers(model, options.Layers), .. learning.Select(card.ResolveLayer)]);
        }
    }

    // A backbone that takes text reads a path as if it were one, so that nothing would fail later.
    private static ModelCard Card(string backbone, string input, string? pair, StepBuild build)
    {
        var card = build.Services.Catalog.Get(backbone);
        card.CheckUsable();
        if (card.Modality == Modality.Text && input == DataSource.PathColumn)
            throw new FeatureTransferException($"the backbone '{card.Id}' takes text, and the column {DataSource.PathColumn} holds paths. Name the text's field in data.texts, and that column as \"input\"");
        return card.Modality == Modality.Text || pair is null
            ? card
            : throw new FeatureTransferException($"the option \"pair\" is for text, and the backbone '{card.Id}' takes {card.Modality.ToString().ToLowerInvariant()}. Leave it out");
    }

    // Of a backbone that would have to be fetched only the card is known, and a layer may be any tensor of its graph.
    private static Backbone? Local(ModelCard card, StepBuild build) =>
        build.Services.Backbones.IsLocal(card) ? build.Services.Backbones.Open(card, build.Services.Cancellation) : null;

    private static IEnumerable<ChainFault> Baseline(PipelineDefinition definition, FeatureTransferServices services)
    {
        if (BaselineRun.Fault(definition, services) is { } fault)
            yield return new ChainFault("$.evaluation.baseline", fault);
    }

    private static IEnumerable<ChainFault> Patterns(PipelineDefinition definition)
    {
        if (definition.Split.GroupPattern is { } pattern && Fault(() => GroupPatterns.Compile(pattern)) is { } fault)
            yield return new ChainFault("$.split.groupPattern", fault);
        if (definition.Data is FieldSource { GroupPattern: { } ofField } && Fault(() => GroupPatterns.Compile(ofField)) is { } other)
            yield return new ChainFault("$.data.groupPattern", other);
    }

    private static string? Fault(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (FeatureTransferException exception)
        {
            return exception.Message;
        }
    }

    private static string Missing(string column, IReadOnlyCollection<string> known, string where) =>
        $"there is no column \"{column}\" in {where}.{NearestName.Hint(column, known)} The columns are {string.Join(", ", known.Order(StringComparer.Ordinal))}";
}
