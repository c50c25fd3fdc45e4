/** What a field would have taken, which the server says in English: its sentences, with their facts, in Chinese. */

/** A whole sentence each; `$1` is what stands in the first brackets. The first that fits is taken. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  // Pydantic's own.
  [/^Field required$/, "必填"],
  [/^Extra inputs are not permitted$/, "没有这个字段"],
  [/^Input should be a valid string$/, "须是文字"],
  [/^Input should be a valid (?:integer|number).*$/, "须是数字"],
  [/^Input should be a valid boolean.*$/, "须是“是”或“否”"],
  [/^Input should be a valid (?:date|datetime).*$/, "须是日期"],
  [/^Input should be a valid UUID.*$/, "须是编号"],
  [/^Input should be a valid (?:list|dictionary).*$/, "格式不对"],
  [/^Input should have timezone info$/, "须带时区"],
  [/^Input should be greater than or equal to (.+)$/, "不小于 $1"],
  [/^Input should be greater than (.+)$/, "须大于 $1"],
  [/^Input should be less than or equal to (.+)$/, "不大于 $1"],
  [/^Input should be less than (.+)$/, "须小于 $1"],
  [/^Input should be (.+)$/, "须是以下之一：$1"],
  [/^String should have at least (\d+) characters?$/, "至少 $1 个字"],
  [/^String should have at most (\d+) characters?$/, "至多 $1 个字"],
  [/^String should match pattern '(.+)'$/, "格式不对，须符合 $1"],
  [/^(?:List|Set|Tuple) should have at least (\d+) items? after validation, not \d+$/, "至少 $1 项"],
  [/^(?:List|Set|Tuple) should have at most (\d+) items? after validation, not .+$/, "至多 $1 项"],
  // Of any field.
  [/^not after now: set the phone's clock$/, "不能晚于现在：请校准手机时间"],
  [/^not after now$/, "不能晚于现在"],
  [/^after now$/, "须晚于现在"],
  [/^a time that has come$/, "须是已经到来的时间"],
  [/^a time that has passed$/, "须是过去的时间"],
  [/^a file that was sent before$/, "须是已上传的文件"],
  [/^a picture (?:that was )?sent (?:before|to .+ before)$/, "须是已上传的照片"],
  [/^a PNG sent before, unused$/, "须是刚上传、还没用过的签名图"],
  [/^a whole JPEG file$/, "须是完整的 JPEG 图片"],
  [/^each column once$/, "每一列只能出现一次"],
  [/^the column (.+) is needed$/, "缺少“$1”这一列"],
  [/^printable text or a number$/, "须是文字或数字"],
  [/^one of (.+)$/, "须是以下之一：$1"],
  // Cases and documents.
  [/^a certificate on file, valid today, or a reason$/, "须有在册且有效的执法证号，或说明原因"],
  [/^a reason: (.+) m from the place, (.+) m are allowed$/, "离现场 $1 米（允许 $2 米）：须说明原因"],
  [/^a reason for this move$/, "须说明原因"],
  [/^why the act has several subjects$/, "须说明为何涉及多个主体"],
  [/^a photo of this case: this one belongs to another$/, "须是本案的照片：这一张属于另一案件"],
  [/^(.+), as it is printed$/, "须与文书上的期限一致：$1"],
  [/^a body of .+: (.+)$/, "须是权力清单中的部门：$1"],
  [/^a person with role leader$/, "须是中队长"],
  [/^until needs granted: true$/, "批准延期才能填到期时间"],
  [
    /^officers: two (?:with )?different certificate numbers(?: are needed)?(?: \(.+\))?$/,
    "须有两名执法证号不同的执法人员",
  ],
  [/^served_by electronic needs signed_consent_electronic \(.+\)$/, "电子送达须有当事人签字同意"],
  [
    /^own_share and the share of every subject are told together and make 1$/,
    "各主体的份额要一起填，合计为 1",
  ],
  [/^subjects: each once$/, "每个主体只能填一次"],
  // Subjects.
  [
    /^code is needed for kind known and not taken for kind individual$/,
    "有照单位须填统一社会信用代码，个人不填",
  ],
  [/^person_number and pending_reason are not taken for kind known$/, "有照单位不填证件号和待补原因"],
  [/^kind individual needs person_number, or pending_reason where .+$/, "个人须填证件号，没有的写明待补原因"],
  [/^owner_number and head_office_id are for holders of a licence$/, "经营者证件号和总部只用于有照单位"],
  [/^valid_to must be after valid_from$/, "结束须晚于开始"],
  [/^give either to_subject_id or to_subject$/, "受让方二选一：已有主体，或新登记"],
  [/^17 characters of .+ are needed, not (.+)$/, "统一社会信用代码前 17 位不对：$1"],
  // Permits.
  [/^valid_to (.+) is before valid_from (.+)$/, "到期 $1 早于起始 $2"],
  [/^a permit lasts ten years at most$/, "许可最长十年"],
  [/^weekdays are 1 \(Monday\) to 7 \(Sunday\), at least one$/, "至少选一个星期几"],
  [/^a season needs season_from and season_to$/, "季节须有起止"],
  [/^hours are local: no offset$/, "时间按本地时间填，不带时区"],
  [/^the season lies wholly outside valid_from to valid_to$/, "季节完全在有效期之外"],
  [/^give status or renewal_filed_at$/, "须填状态或续期申请时间"],
  [/^served_at is of a status$/, "送达时间只随状态填写"],
  [/^a permit found invalid is revoked: status must be revoked$/, "认定无效的许可须撤销"],
  [/^a permit expires by its dates: status is .+$/, "许可按日期到期：状态只能是有效、暂停或撤销"],
  // Reports, people, crises.
  [/^item_code or violation is needed: what was seen$/, "须填看到了什么"],
  [/^point or address is needed: where it was seen$/, "须填在哪里看到"],
  [/^reporter_name and reporter_contact are the caller's: .+$/, "巡查上报不填来电人"],
  [/^certificate and certificate_to are given together, or neither$/, "执法证号和有效期要一起填"],
  [/^ends_at is after starts_at, by at most (.+)$/, "结束须晚于开始，最长 $1"],
  [/^ended_(?:on|at) is (?:before|not after) began_(?:on|at)$/, "结束早于开始"],
  // Places and the ground.
  [/^a polygon needs three different corners$/, "多边形至少要三个不同的角"],
  [/^the polygon's edges cross each other: .+$/, "多边形的边交叉了：请沿外缘依次点角"],
  [/^the polygon covers (.+) m2; allowed (.+) to (.+)$/, "多边形面积 $1 平方米，须在 $2 到 $3 之间"],
  [/^give points or distances, not both$/, "地面点和距离只能选一种"],
  [
    /^four or more points with their places, or four or more distances, are needed$/,
    "至少要四个有位置的点，或四段距离",
  ],
  // The exemption list.
  [/^the legal department signs first \(status: signed\)$/, "须先由法制部门签字（状态：已签）"],
  [/^(\S+) lies in the past: a list cannot reach back$/, "$1 已经过去：清单不能溯及既往"],
  [/^(\S+) was published already; give it a new version$/, "$1 已经发布过，请换一个版本号"],
  [/^(.+): tier (.+) needs legal_review: true$/, "$1：$2 档须经法制审核"],
  [/^item (.+) is listed twice$/, "事项 $1 列了两次"],
  [/^item (.+): law (.+) is not among statutes$/, "事项 $1：依据 $2 不在法规表中"],
  [
    /^item (.+): law (.+) is not verified, so its articles are not$/,
    "事项 $1：依据 $2 尚未核实，条款也就不能算核实",
  ],
  [/^in_force_to is before in_force_from$/, "失效日早于生效日"],
];

const CUSTOM = /^Value error, (.+)$/s;
const LINE = /^([\w.() -]+): (?:(.+) is not accepted: )?(.+)$/s;

/** A sentence, several of them, or a line "field: given is not accepted: sentence", as far as it is known. */
export function inChinese(told: string): string {
  const known = sentence(told);
  if (known !== null) return known;
  const custom = CUSTOM.exec(told);
  if (custom?.[1] !== undefined) return custom[1].split("; ").map(inChinese).join("；");
  const line = LINE.exec(told);
  if (line === null) return told;
  const [, field = "", given, rest = ""] = line;
  const said = inChinese(rest);
  if (said === rest) return told;
  return given === undefined ? `${field}：${said}` : `${field} 不接受 ${given}：${said}`;
}

function sentence(told: string): string | null {
  for (const [form, words] of SENTENCES) if (form.test(told)) return told.replace(form, words);
  return null;
}
