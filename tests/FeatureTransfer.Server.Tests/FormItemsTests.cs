using System.Text;
using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Server.Requests;
using Microsoft.Net.Http.Headers;

namespace FeatureTransfer.Server.Tests;

/// <summary>Forms, for models of recordings alone, of rows of numbers, and of a recording with a text and a number.</summary>
public class FormItemsTests
{
    private static readonly ItemColumns _audio = new(Modality.Audio, [], [], MayMissNumbers: false);
    private static readonly ItemColumns _numbers = new(null, [], ["x", "y"], MayMissNumbers: true);
    private static readonly ItemColumns _mixed = new(Modality.Audio, ["place"], ["age"], MayMissNumbers: true);

    [Test]
    public async Task Read_Files_AreAnItemEach()
    {
        var one = await ReadAsync(_audio, File("audio", "a.wav", "abc"));
        Assert.That((one.IsList, one.Items.Single().Name, Text(one.Items[0])), Is.EqualTo((false, "a.wav", "abc")));
        var two = await ReadAsync(_audio, File("audio", "a.wav", "abc") + File("other", "b.wav", "d"));
        Assert.That((two.IsList, two.Items.Count, two.Items[1].Name, Text(two.Items[1])), Is.EqualTo((true, 2, "b.wav", "d")));
    }

    [Test]
    public async Task Read_NameInUtf8_IsTakenBeforeTheOther()
    {
        var form = "--x\r\nContent-Disposition: form-data; name=audio; filename=\"plain.wav\"; filename*=UTF-8''na%C3%AFve.wav\r\n\r\nabc\r\n";
        Assert.That((await ReadAsync(_audio, form)).Items[0].Name, Is.EqualTo("naïve.wav"));
    }

    [Test]
    public async Task Read_FileWithFields_IsOneItem()
    {
        var form = await ReadAsync(_mixed, Field("place", "Hörsaal") + File("audio", "a.wav", "abc") + Field("age", "1.5"));
        Assert.That((form.IsList, form.Items[0].Item!.Texts[0], form.Items[0].Item!.Numbers[0]), Is.EqualTo((false, "Hörsaal", 1.5f)));
    }

    [Test]
    public async Task Read_NumbersWithoutAFile_AreOneItem()
    {
        var form = await ReadAsync(_numbers, Field("x", "-2e3") + Field("y", ""));
        Assert.That((form.IsList, form.Items.Single().Name), Is.EqualTo((false, (string?)null)));
        Assert.That(form.Items[0].Item!.Numbers, Is.EqualTo(new[] { -2000, float.NaN }));
        Assert.That((await ReadAsync(_numbers, Field("x", "1"))).Items[0].Item!.Numbers, Is.EqualTo(new[] { 1, float.NaN }));
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return new(_audio, Field("audio", "/etc/passwd"), "The part \"audio\" is a text. Expected a file; paths and addresses are not read.");
        yield return new(_audio, "", "The form holds no file. With curl: -F file=@photo.jpg");
        yield return new(_audio, "--x\r\nContent-Disposition: form-data\r\n\r\n\r\n", "A part of the form has no name: expected Content-Disposition: form-data; name=\"...\".");
        yield return new(_audio, "--x\r\n\r\n\r\n", "A part of the form has no name: expected Content-Disposition: form-data; name=\"...\".");
        yield return new(_mixed, File("audio", "a", "b") + File("audio", "a", "b"), "The form holds 2 files, and an item has: place, age, audio. Send a form an item, or JSON with a list.");
        yield return new(_mixed, Field("place", "a") + Field("place", "b"), "The part \"place\" is there twice.");
        yield return new(_numbers, File("x", "a", "b"), "The model reads no files. An item has: x, y.");
        yield return new(_numbers, Field("x", "1,5"), "The part \"x\" is no finite number, such as 0.5.");
        yield return new(_numbers, Field("x", "1e39"), "The part \"x\" is no finite number, such as 0.5.");
        yield return new(_numbers, Field("z", "1"), "There is no member \"z\". Did you mean 'x'? An item has: x, y.");
    }

    [TestCaseSource(nameof(Wrong))]
    public void Read_WrongForm_SaysWhat(object model, string form, string expected) =>
        Assert.That(async () => await ReadAsync((ItemColumns)model, form), Throws.TypeOf<RefusedException>().With.Message.EqualTo(expected).And.Property(nameof(RefusedException.Status)).EqualTo(400));

    [Test]
    public void Read_FormThatIsCut_SaysSo() =>
        Assert.That(async () => await ReadAsync(_audio, "--x\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\ncut", end: ""), Throws.TypeOf<RefusedException>().With.Message.Contains("The form cannot be read: "));

    [Test]
    public async Task Read_ManyParts_AreBounded()
    {
        var options = new FeatureTransferServerOptions { MaxItems = 300, MaxQueuedItems = 300 };
        string Form(int files) => string.Concat(Enumerable.Repeat(File("audio", "a", "b"), files));
        Assert.That((await ReadAsync(_audio, Form(256), options: options)).Items, Has.Count.EqualTo(256));
        Assert.That(async () => await ReadAsync(_audio, Form(257), options: options), Throws.TypeOf<RefusedException>().With.Message.EqualTo("The form has more than 256 parts.").And.Property(nameof(RefusedException.Status)).EqualTo(413));
        Assert.That(async () => await ReadAsync(_audio, Form(65)), Throws.TypeOf<RefusedException>().With.Message.Contains("65 items. At most 64"));
    }

    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(70, true)]
    [TestCase(71, false)]
    public void Read_Boundary_HasOneToSeventyCharacters(int length, bool isRead)
    {
        var boundary = new string('x', length);
        var form = File("audio", "a", "b").Replace("--x", "--" + boundary, StringComparison.Ordinal);
        Assert.That(
            async () => await ReadAsync(_audio, form, $"--{boundary}--\r\n", boundary),
            isRead ? Throws.Nothing : Throws.TypeOf<RefusedException>().With.Message.EqualTo("The Content-Type multipart/form-data has no boundary of 1 to 70 characters."));
    }

    private static string File(string name, string file, string content) => $"--x\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\n{content}\r\n";

    private static string Field(string name, string value) => $"--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";

    private static string Text(RequestItem item) => Encoding.UTF8.GetString(item.Item!.Content!.Value.Span);

    private static Task<RequestItems> ReadAsync(ItemColumns model, string form, string end = "--x--\r\n", string boundary = "x", FeatureTransferServerOptions? options = null) =>
        new FormItems(new ItemFields(model), options ?? new()).ReadAsync(Encoding.UTF8.GetBytes(form + end), MediaTypeHeaderValue.Parse($"multipart/form-data; boundary=\"{boundary}\""), CancellationToken.None);
}
