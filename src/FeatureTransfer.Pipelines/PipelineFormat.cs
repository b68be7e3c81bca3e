using FeatureTransfer.Adaptation;
using FeatureTransfer.Heads;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines;

/// <summary>The form of a pipeline in JSON: its members, their formats and their documentation, each given once.</summary>
internal static class PipelineFormat
{
    private static readonly TextFormat _text = new();
    private static readonly OptionalFormat<string> _optionalText = new(_text);
    private static readonly PathFormat _path = new();
    private static readonly ListFormat<string> _names = new(_text);

    private static readonly OptionSet<WhereClause> _where = new OptionSet<WhereClause>(() => new WhereClause("", []))
        .Add("field", _text, w => w.Field, (w, v) => w with { Field = v }, "The field", required: true)
        .Add("values", new ListFormat<string>(new TextFormat(allowEmpty: true), 1), w => w.Values, (w, v) => w with { Values = v }, "The values it may have, as text", required: true);

    private static readonly OptionSet<ListItem> _item = new OptionSet<ListItem>(() => new ListItem { Path = "", Label = "" })
        .Add("path", _text, i => i.Path, (i, v) => i with { Path = v }, "The input's path", required: true)
        .Add("label", _text, i => i.Label, (i, v) => i with { Label = v }, "The label", required: true)
        .Add("group", _optionalText, i => i.Group, (i, v) => i with { Group = v }, "The group, kept on one side of every split");

    private static readonly UnionFormat<DataSource> _data = new("data source",
    [
        new UnionCase<DataSource, ImageFolderSource>("imageFolder", "A folder of class folders", Limited(new OptionSet<ImageFolderSource>(() => new ImageFolderSource { Path = "" })
            .Add("path", _path, s => s.Path, (s, v) => s with { Path = v }, "The folder", required: true)
            .Add("extensions", _names, s => s.Extensions, (s, v) => s with { Extensions = v }, "The endings of files to take; empty takes files that are images by their content"))),
        new UnionCase<DataSource, AudioFolderSource>("audioFolder", "A folder of class folders with recordings", Limited(new OptionSet<AudioFolderSource>(() => new AudioFolderSource { Path = "" })
            .Add("path", _path, s => s.Path, (s, v) => s with { Path = v }, "The folder", required: true)
            .Add("extensions", _names, s => s.Extensions, (s, v) => s with { Extensions = v }, "The endings of files to take; empty takes files that are recordings by their content"))),
        new UnionCase<DataSource, TextFolderSource>("textFolder", "A folder of class folders with a text a file, whose content is the column Text", Limited(new OptionSet<TextFolderSource>(() => new TextFolderSource { Path = "" })
            .Add("path", _path, s => s.Path, (s, v) => s with { Path = v }, "The folder", required: true)
            .Add("extensions", _names, s => s.Extensions, (s, v) => s with { Extensions = v }, "The endings of files to take; empty takes .txt"))),
        new UnionCase<DataSource, CsvSource>("csv", "A table with commas, semicolons, tabs or vertical bars", Delimited(() => new CsvSource { Path = "" })
            .Add("separator", new EnumFormat<TableSeparator>(), s => s.Separator, (s, v) => s with { Separator = v }, "What stands between fields; auto finds it")),
        new UnionCase<DataSource, TsvSource>("tsv", "A table with tabs", Delimited(() => new TsvSource { Path = "" })),
        new UnionCase<DataSource, JsonLinesSource>("jsonLines", "One JSON object a line", Records(() => new JsonLinesSource { Path = "" })),
        new UnionCase<DataSource, JsonSource>("json", "One JSON array of objects", Records(() => new JsonSource { Path = "" })),
        new UnionCase<DataSource, SqlSource>("sql", "Rows of one SQL query over Parquet, CSV or JSON files, DuckDB, SQLite or PostgreSQL", Queries(() => new SqlSource { Query = "" }, options => options
            .Add("query", _text, s => s.Query, (s, v) => s with { Query = v }, "One SELECT; the table of a database that is files is called data", required: true)
            .Add("database", _optionalText, s => s.Database, (s, v) => s with { Database = v }, "A .duckdb or SQLite file, an address such as postgres://host/shop, or Parquet, CSV or JSON files; null when the query names files itself"))),
        new UnionCase<DataSource, ParquetSource>("parquet", "Rows of a Parquet file, or of a glob of such files", Queries(() => new ParquetSource { Path = "" }, options => options
            .Add("path", _path, s => s.Path, (s, v) => s with { Path = v }, "The file, or a glob such as photos/*.parquet", required: true))),
        new UnionCase<DataSource, ZipSource>("zip", "Images in class folders in a zip", Archives(() => new ZipSource { Path = "" })),
        new UnionCase<DataSource, TarSource>("tar", "Images in class folders in a tar, plain or compressed by gzip", Archives(() => new TarSource { Path = "" })),
        new UnionCase<DataSource, ListSource>("list", "Rows written out in the pipeline", Limited(new OptionSet<ListSource>(() => new ListSource { Items = [] })
            .Add("items", new ListFormat<ListItem>(new NestedFormat<ListItem>(_item), 1), s => s.Items, (s, v) => s with { Items = v }, "The rows", required: true))),
    ]);

    private static readonly OptionSet<SplitOptions> _split = new OptionSet<SplitOptions>(() => new SplitOptions())
        .Add("testFraction", new NumberFormat(0, 1, maximumExcluded: true), s => s.TestFraction, (s, v) => s with { TestFraction = v }, "The share of the rows held out for the final test")
        .Add("stratified", new BooleanFormat(), s => s.Stratified, (s, v) => s with { Stratified = v }, "Whether every part keeps the shares of the labels")
        .Add("groupColumn", _optionalText, s => s.GroupColumn, (s, v) => s with { GroupColumn = v }, "The column whose equal values lie on one side of every split")
        .Add("groupPattern", _optionalText, s => s.GroupPattern, (s, v) => s with { GroupPattern = v }, "A regular expression on the path; equal matches lie on one side of every split")
        .Add("folds", new IntegerFormat(0, 100), s => s.Folds, (s, v) => s with { Folds = v }, "The folds of the cross-validation on the training rows; 0 for none")
        .Add("repeats", new IntegerFormat(1, 100), s => s.Repeats, (s, v) => s with { Repeats = v }, "How often it is repeated with other folds");

    private static readonly NumberFormat _share = new(0, 1, minimumExcluded: true, maximumExcluded: true);

    private static readonly OptionSet<ConformalOptions> _conformal = new OptionSet<ConformalOptions>(() => new ConformalOptions())
        .Add("coverage", _share, c => c.Coverage, (c, v) => c with { Coverage = v }, "The share of rows whose set is to hold their label")
        .Add("method", new EnumFormat<ConformalMethod>(), c => c.Method, (c, v) => c with { Method = v }, "leastAmbiguous gives the smallest sets; adaptive covers hard rows nearly as often as easy ones");

    private static readonly OptionSet<UnknownOptions> _unknown = new OptionSet<UnknownOptions>(() => new UnknownOptions())
        .Add("column", _text, u => u.Column, (u, v) => u with { Column = v }, "What tells: the logitsColumn of a trainer, which counts by its energy, or a number that is higher for what is less known, such as the output of ClassDistance")
        .Add("falseAlarm", _share, u => u.FalseAlarm, (u, v) => u with { FalseAlarm = v }, "The share of rows of known labels that may be called unknown");

    private static readonly OptionSet<FewShotDraws> _fewShot = new OptionSet<FewShotDraws>(() => new FewShotDraws())
        .Add("shots", new ListFormat<int>(new IntegerFormat(1, int.MaxValue), 1), f => f.Shots, (f, v) => f with { Shots = v }, "Labels a class; a size that a class has too few training rows for is left out")
        .Add("repeats", new IntegerFormat(2, int.MaxValue), f => f.Repeats, (f, v) => f with { Repeats = v }, "How often rows are drawn");

    private static readonly OptionSet<EvaluationOptions> _evaluation = new OptionSet<EvaluationOptions>(() => new EvaluationOptions())
        .Add("labelColumn", _text, e => e.LabelColumn, (e, v) => e with { LabelColumn = v }, "The column of the data with the true label: text, or for regression a column of numbers too")
        .Add("positiveLabel", _optionalText, e => e.PositiveLabel, (e, v) => e with { PositiveLabel = v }, "In a binary task the label that is positive, all others being negative; null reads true and false, 1 and 0, yes and no")
        .Add("labelSeparator", _text, e => e.LabelSeparator, (e, v) => e with { LabelSeparator = v }, "In a multiLabel task what stands between the labels of a row")
        .Add("threshold", new AutoFormat<double>(new NumberFormat(double.NegativeInfinity, double.PositiveInfinity)), e => e.Threshold, (e, v) => e with { Threshold = v }, "In binary and multiLabel tasks the probability from which on the answer is yes; auto is that of the best F1 in the cross-validation, and without one the trainer's own")
        .Add("maxRejectedShare", new NumberFormat(0, 1), e => e.MaxRejectedShare, (e, v) => e with { MaxRejectedShare = v }, "The share of rejected rows above which a run fails, after it has saved what it had")
        .Add("baseline", new EnumFormat<Baseline>(), e => e.Baseline, (e, v) => e with { Baseline = v }, "What the result is compared with: the same chain on the same split without a backbone, which shows what transfer is worth. rawPixels for images, nGrams for text, logMel for audio")
        .Add("slices", new ListFormat<string>(_text), e => e.Slices, (e, v) => e with { Slices = v }, "Columns of text, such as Group or one of data.texts: how well each of their values is judged, and how far they differ")
        .Add("calibrate", new BooleanFormat(), e => e.Calibrate, (e, v) => e with { Calibrate = v }, "Whether the probabilities of the model are calibrated by a temperature that is found on the predictions of the cross-validation; of tasks with several classes, or two")
        .Add("conformal", new OptionalFormat<ConformalOptions>(new NestedFormat<ConformalOptions>(_conformal)), e => e.Conformal, (e, v) => e with { Conformal = v }, "Sets of labels that hold the right one with a chosen probability, found on the predictions of the cross-validation; null is none")
        .Add("unknown", new OptionalFormat<UnknownOptions>(new NestedFormat<UnknownOptions>(_unknown)), e => e.Unknown, (e, v) => e with { Unknown = v }, "When a row is like none that the model knows, at a chosen rate of false alarms in the cross-validation; null is never")
        .Add("fewShot", new OptionalFormat<FewShotDraws>(new NestedFormat<FewShotDraws>(_fewShot)), e => e.FewShot, (e, v) => e with { FewShot = v }, "How the chain does with few labels a class, drawn again and again from the training rows and judged on the held-out ones; null is not at all")
        .Add("probe", new ListFormat<string>(_text), e => e.Probe, (e, v) => e with { Probe = v }, "Columns of text, such as Group or one of data.texts, that a linear probe is to tell from the features, with and without EraseConcept and ClassWeights")
        .Add("pricePerHour", new OptionalValueFormat<double>(new NumberFormat(0, double.PositiveInfinity)), e => e.PricePerHour, (e, v) => e with { PricePerHour = v }, "What an hour of the machine costs, in any currency; the report then gives the cost of 1,000 rows too");

    private static readonly OptionSet<OutputOptions> _outputs = new OptionSet<OutputOptions>(() => new OutputOptions())
        .Add("folder", _text, o => o.Folder, (o, v) => o with { Folder = v }, "The folder of all outputs, relative to this file")
        .Add("bundle", _optionalText, o => o.Bundle, (o, v) => o with { Bundle = v }, "The bundle with all that prediction needs")
        .Add("driftSample", new IntegerFormat(0, 10_000), o => o.DriftSample, (o, v) => o with { DriftSample = v }, "How many training rows' features the bundle keeps, which ft drift compares new data with; 0 is none")
        .Add("report", _optionalText, o => o.Report, (o, v) => o with { Report = v }, "The HTML page")
        .Add("predictions", _optionalText, o => o.Predictions, (o, v) => o with { Predictions = v }, "The predictions on the held-out rows, CSV")
        .Add("metrics", _optionalText, o => o.Metrics, (o, v) => o with { Metrics = v }, "The metrics, JSON")
        .Add("history", _optionalText, o => o.History, (o, v) => o with { History = v }, "The epochs of fine-tuning, CSV")
        .Add("rejected", _optionalText, o => o.Rejected, (o, v) => o with { Rejected = v }, "The rows that could not be used, JSON lines")
        .Add("winner", _optionalText, o => o.Winner, (o, v) => o with { Winner = v }, "The plain pipeline that a search found, JSON")
        .Add("trials", _optionalText, o => o.Trials, (o, v) => o with { Trials = v }, "The finished trials of a search, JSON lines, which the next run does not repeat");

    private static readonly OptionSet<SearchOptions> _search = new OptionSet<SearchOptions>(() => new SearchOptions())
        .Add("options", new SearchFormat(), s => s.Options, (s, v) => s with { Options = v }, "What is tried: by the path of an option or of a whole step, such as estimators[0].layers, a list of values or a range", required: true)
        .Add("strategy", new EnumFormat<SearchStrategy>(), s => s.Strategy, (s, v) => s with { Strategy = v }, "halving judges candidates on few rows first and the better ones on more; random judges all on all training rows")
        .Add("trials", new IntegerFormat(1, int.MaxValue), s => s.Trials, (s, v) => s with { Trials = v }, "How many candidates are drawn, at most")
        .Add("minutes", new OptionalValueFormat<double>(new NumberFormat(0, double.PositiveInfinity, minimumExcluded: true)), s => s.Minutes, (s, v) => s with { Minutes = v }, "After how many minutes no further trial begins; null is no limit")
        .Add("folds", new IntegerFormat(2, 100), s => s.Folds, (s, v) => s with { Folds = v }, "The folds of each cross-validation")
        .Add("reduction", new IntegerFormat(2, int.MaxValue), s => s.Reduction, (s, v) => s with { Reduction = v }, "In halving, of how many candidates one goes on to the next round, which has so many times the rows")
        .Add("firstRows", new OptionalValueFormat<int>(new IntegerFormat(10, int.MaxValue)), s => s.FirstRows, (s, v) => s with { FirstRows = v }, "In halving, the fewest rows of the first round; null is 40, or eight a label where that is more");

    private static readonly OptionSet<TargetOptions> _target = new OptionSet<TargetOptions>(() => new TargetOptions { Data = new ListSource { Items = [] } })
        .Add("data", _data, t => t.Data, (t, v) => t with { Data = v }, "The target's rows; labels judge, and may be empty", required: true)
        .Add("methods", new ListFormat<AdaptationMethod>(new EnumFormat<AdaptationMethod>()), t => t.Methods, (t, v) => t with { Methods = v }, "The ways to adapt features that are tried")
        .Add("weights", new ListFormat<ImportanceMethod>(new EnumFormat<ImportanceMethod>()), t => t.Weights, (t, v) => t with { Weights = v }, "The ways to weigh rows of the source that are tried; the trainer has to take weights")
        .Add("models", new ListFormat<TargetModel>(new EnumFormat<TargetModel>()), t => t.Models, (t, v) => t with { Models = v }, "Other models that are tried: adaBN, with means and variances of the target's images in the backbone's batch normalizations; joint, targetOnly and trAdaBoost, which learn from labels of the target; and adversarial, deepCoral and meanDiscrepancy, which align the domains while FineTune learns")
        .Add("testFraction", _share, t => t.TestFraction, (t, v) => t with { TestFraction = v }, "The share of the target's rows that is held out to judge; of the others the features are looked at, and no label unless models ask for it")
        .Add("significance", _share, t => t.Significance, (t, v) => t with { Significance = v }, "The probability of error below which a difference counts, with Holm's correction for the number of adaptations");

    /// <summary>The chain.</summary>
    public static ListFormat<PipelineStep> Estimators { get; } = new(StepTable.Format, 1);

    /// <summary>The members of a pipeline.</summary>
    public static OptionSet<PipelineDefinition> Root { get; } = new OptionSet<PipelineDefinition>(() => new PipelineDefinition { Data = new ListSource { Items = [] } })
        .Add("name", _text, p => p.Name, (p, v) => p with { Name = v }, "The pipeline's name")
        .Add("description", new TextFormat(allowEmpty: true), p => p.Description, (p, v) => p with { Description = v }, "What it is for")
        .Add("seed", new IntegerFormat(int.MinValue, int.MaxValue), p => p.Seed, (p, v) => p with { Seed = v }, "The seed of everything random")
        .Add("task", new EnumFormat<PipelineTask>(), p => p.Task, (p, v) => p with { Task = v }, "What is predicted: one of several classes, one of two, a number, or any of several labels")
        .Add("data", _data, p => p.Data, (p, v) => p with { Data = v }, "Where the rows come from", required: true)
        .Add("split", new NestedFormat<SplitOptions>(_split), p => p.Split, (p, v) => p with { Split = v }, "Which rows train and which rows test")
        .Add("estimators", Estimators, p => p.Estimators, (p, v) => p with { Estimators = v }, "The chain, one entry an estimator, in order", required: true)
        .Add("evaluation", new NestedFormat<EvaluationOptions>(_evaluation), p => p.Evaluation, (p, v) => p with { Evaluation = v }, "How the result is judged")
        .Add("search", new OptionalFormat<SearchOptions>(new NestedFormat<SearchOptions>(_search)), p => p.Search, (p, v) => p with { Search = v }, "Which options of the chain are tried out; the best are judged on rows that the search never saw")
        .Add("target", new OptionalFormat<TargetOptions>(new NestedFormat<TargetOptions>(_target)), p => p.Target, (p, v) => p with { Target = v }, "Another domain, which the model is for: adaptations to it are compared, and the model that is written has the one that wins beyond chance")
        .Add("outputs", new NestedFormat<OutputOptions>(_outputs), p => p.Outputs, (p, v) => p with { Outputs = v }, "What is written");

    private static OptionSet<T> Limited<T>(OptionSet<T> options)
        where T : DataSource => options
        .Add("limit", new OptionalValueFormat<int>(new IntegerFormat(1, int.MaxValue)), s => s.Limit, (s, v) => s with { Limit = v }, "The most rows to use, taken in turn from the labels");

    private static OptionSet<T> Records<T>(Func<T> create)
        where T : RecordSource => Fields(new OptionSet<T>(create)
        .Add("path", _path, s => s.Path, (s, v) => s with { Path = v }, "The file", required: true));

    private static OptionSet<T> Delimited<T>(Func<T> create)
        where T : DelimitedSource => Records(create)
        .Add("header", new BooleanFormat(), s => s.Header, (s, v) => s with { Header = v }, "Whether the first line holds the names of the columns; without it they are column1, column2 and so on")
        .Add("decimal", new EnumFormat<DecimalMark>(), s => s.Decimal, (s, v) => s with { Decimal = v }, "What stands before the decimals of numbers; auto is a point, and a comma where it cannot part thousands")
        .Add("encoding", _optionalText, s => s.Encoding, (s, v) => s with { Encoding = v }, "The encoding's name, such as windows-1250; null finds UTF-8, UTF-16 and Windows-1252");

    private static OptionSet<T> Queries<T>(Func<T> create, Func<OptionSet<T>, OptionSet<T>> own)
        where T : QuerySource => Fields(own(new OptionSet<T>(create)))
        .Add("name", _optionalText, s => s.Name, (s, v) => s with { Name = v }, "The field that names a row whose image is bytes; null names it by its number");

    private static OptionSet<T> Archives<T>(Func<T> create)
        where T : ArchiveSource => Limited(new OptionSet<T>(create)
        .Add("path", _path, s => s.Path, (s, v) => s with { Path = v }, "The archive", required: true)
        .Add("root", _optionalText, s => s.Root, (s, v) => s with { Root = v }, "The folder in it that holds the class folders; null is the innermost that holds all images")
        .Add("extensions", _names, s => s.Extensions, (s, v) => s with { Extensions = v }, "The endings of members to take; empty takes members that are images by their content"));

    private static OptionSet<T> Fields<T>(OptionSet<T> options)
        where T : FieldSource => Limited(options
        .Add("image", _optionalText, s => s.Image, (s, v) => s with { Image = v }, "Where a record's input lies: a field, or a text with fields in braces, such as images/{file}; in queries and Parquet files the field may hold the encoded image itself")
        .Add("label", _text, s => s.Label, (s, v) => s with { Label = v }, "The field with the label")
        .Add("group", _optionalText, s => s.Group, (s, v) => s with { Group = v }, "The field whose equal values belong to one group")
        .Add("groupPattern", _optionalText, s => s.GroupPattern, (s, v) => s with { GroupPattern = v }, "A regular expression on the field 'group' whose captures name the group")
        .Add("texts", _names, s => s.Texts, (s, v) => s with { Texts = v }, "Fields with text, each a column of its own: sentences for backbones of text, categories for OneHotEncoding")
        .Add("numbers", _names, s => s.Numbers, (s, v) => s with { Numbers = v }, "Fields with numbers, each a column of its own")
        .Add("where", new ListFormat<WhereClause>(new NestedFormat<WhereClause>(_where)), s => s.Where, (s, v) => s with { Where = v }, "Conditions that a record must meet to be a row"));
}
