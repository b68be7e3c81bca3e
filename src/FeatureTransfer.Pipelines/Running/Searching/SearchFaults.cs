using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Finds what is wrong with a search before it begins.</summary>
internal static class SearchFaults
{
    /// <summary>What can be known from the options alone, each with its place.</summary>
    public static IEnumerable<(string Place, string Message)> OfForm(PipelineDefinition definition)
    {
        if (definition.Search is not { } search)
            return [];
        List<(string Place, string Message)> faults = [.. Split(definition), .. Paths(search)];
        if (faults.Count > 0)
            return faults;
        var space = new SearchSpace(definition);
        faults = [.. space.Options.SelectMany(option => Values(space, option))];
        return faults.Count > 0 ? faults : OfCandidates(space.Draw(), candidate => candidate.Faults.Select(fault => (fault.Place.Path, fault.Message)));
    }

    /// <summary>All of that, and what the candidates' chains, cards and backbones tell.</summary>
    public static IEnumerable<ChainFault> Of(PipelineDefinition definition, FeatureTransferServices services)
    {
        if (definition.Search is null)
            return [];
        var form = OfForm(definition).Select(fault => new ChainFault(fault.Place, fault.Message)).ToList();
        if (form.Count > 0)
            return form;
        var sound = new HashSet<PipelineStep>();
        return OfCandidates(new SearchSpace(definition).Draw(), candidate => ChainFaults.Of(candidate.Definition!, services, sound).Concat(OtherRows(definition, candidate.Definition!)).Select(fault => (fault.Place, fault.Message)))
            .Select(fault => new ChainFault(fault.Place, fault.Message));
    }

    private static IEnumerable<ChainFault> OtherRows(PipelineDefinition definition, PipelineDefinition candidate)
    {
        if (LabelledSplit.ReadsUnlabelled(candidate) != LabelledSplit.ReadsUnlabelled(definition))
            yield return new ChainFault("$.estimators", "rows with an empty label are read by some of the candidates and not by others, so they would not be held out alike. Leave out SelfTraining and LabelPropagation, or all other trainers");
    }

    private static IEnumerable<(string Place, string Message)> Split(PipelineDefinition definition)
    {
        if (definition.Split.TestFraction <= 0)
            yield return ("$.split.testFraction", "a search is judged on rows that it never saw, and none are held out. Give a share above 0, such as 0.2");
    }

    private static IEnumerable<(string Place, string Message)> Paths(SearchOptions search)
    {
        if (search.Options.Count == 0)
            yield return (SpaceOption.Root, "there is nothing to try; give a path such as estimators[0].layers with a list of values or a range");
        foreach (var option in search.Options)
        {
            var place = LocatedJson.MemberPath(SpaceOption.Root, option.Path);
            if (PathOverride.Segmented(option.Path) is not ["estimators", int, ..])
                yield return (place, "a search tries options of the chain: expected a path such as estimators[0].layers, or estimators[2] for a whole step. The data, the split and what is judged stay as they are");
            else if (search.Options.Count(other => other.Path == option.Path) > 1)
                yield return (place, "the path is given twice; keep one of them");
            else if ((option.Values.Count > 0) == (option.Range is not null))
                yield return (place, "expected a list of values that is not empty, or a range");
            else if (option.Range?.Fault is { } fault)
                yield return (place, fault);
        }
    }

    // One value at a time, all else as the pipeline has it. A range that is wrong is reported once.
    private static IEnumerable<(string Place, string Message)> Values(SearchSpace space, SpaceOption option)
    {
        var around = space.Options.LastOrDefault(option.IsWithin);
        var faults = option.Samples.SelectMany(value => Faults(space, value, around)).DistinctBy(fault => fault.Place);
        if (around is null)
            return faults;
        return around.Samples.Any(outer => option.Samples.Any(value => space.Make([outer, value]).Values.Contains(value)))
            ? faults
            : [(option.Place, $"none of the values of {around.Option.Path} has this option, so it would never be tried")];
    }

    private static IEnumerable<(string Place, string Message)> Faults(SearchSpace space, SpaceValue value, SpaceOption? around) =>
        from candidate in around is null ? [space.Make([value])] : around.Samples.Select(outer => space.Make([outer, value]))
        where candidate.Values.Contains(value)
        from fault in candidate.Faults
        select (fault.Place.Path.StartsWith(value.Option.Place, StringComparison.Ordinal) ? fault.Place.Path : value.Option.Place, fault.Message);

    // The same fault of several candidates is reported once.
    private static IEnumerable<(string Place, string Message)> OfCandidates(IEnumerable<Candidate> candidates, Func<Candidate, IEnumerable<(string Place, string Message)>> faults) =>
        candidates
            .SelectMany(candidate => faults(candidate).Select(fault => (fault.Place, fault.Message, Candidate: candidate)))
            .DistinctBy(fault => (fault.Place, fault.Message))
            .Select(fault => (SpaceOption.Root, $"with {fault.Candidate} there is this fault: {fault.Place}: {fault.Message.TrimEnd('.')}. Values that only go together are given as one whole step, such as estimators[0]"));
}
