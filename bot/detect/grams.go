package detect

// The grams that English text holds most, four bytes each: once in 2,000, in
// 5,000 and in 15,000 or more often. Counted over the texts in testdata/quiet and
// the prose of this project. They only choose between grams: one that is missing
// costs time alone.
var frequent = [...]struct {
	share int // of 1000⁴ grams
	grams string
}{
	{1e9, " add and ans are ask bot bou can cha cod com con dev dis doc doe end err eve exa for fro giv has htt int its lin log mai" +
		" mar may mes nam not one pla pro rea ref rep say sen ser sho sla smt som sta tak tex tha the unk use was wha whe whi who" +
		" wit worableace ach ack actiaddrage ail ailbain akesall ame ampland andsanneansware atioays ble bodybot bounbox chancode" +
		"commconncordctioder des discdocsdoesdreseachead ect ectienceend ent entseporere erroers erveess essaest etheeverexamext " +
		"for fromgivehannhas hat her herehethhichhingholdhow httpich ientilboine ing ion ionsiscoith its ivesjectken kes knowlack" +
		"lboxlinelistlockmailmay mentmessmplenamence nds nectnel nknonnecnnelnot nothnownnswenternts ocs ode ody oes one onneons " +
		"ord ore ortsose ost ouncout own ows persple portrds readred replreporessrom ror rrorrts rversagesaysscorsendser servses " +
		"slacsmtpsomeson ssagstansts swertaketandted ter tes textthatthe therthintiontps ttpsunceunknuserver veryves was wer what" +
		"wherwhetwhicwithwordxamp"},
	{3e8, " abo acc act aft aga all alo any api app aut awa bac bef beg beh bel blo but cal car cat cau che cla cli cou dat del den" +
		" des eac els ent exc exp fai fie fil fin fir fol ful get hol hos how ins kee key kin kno lan lea let lim lis loc lon loo" +
		" mak man mea men mod mor new non onc onl ope oth out ove own pag par pas per pos pri put que quo rec rej rel req res ret" +
		" rfc row run sam sec see ses set sha sig spa sto str suc tel tes thi thr tim tok too tra two una wai wou wri youabouacce" +
		"aderads afteagaiagesailaaileainsake alogalonamesanceangeanguany api app ard art ase askeasksass asteata atalate atusause" +
		"authavaiave backbefobegibehibelobjecblocboutbytecallcan cardcatacaticausced ces cesscheccipicketcks clascliecom comecomp" +
		"contcounctedcts dataddreded delidersdestdev devedingeadeeadsebodecipecteeen eepsefereforefuseginehineir ejecelayeld elf " +
		"elivelopelseemenendeendsentientreplyeps equeeracerederenersoery essiestsethiets eturevelevenexplfailferefielfilefindfirs" +
		"fix foreformfterfullfusegainges gin guaghanghardheckheirhem hen hey hindhop hosehosthouticatice ide ied ieldies ilabile " +
		"iledime imitind indsingsins instinteintoipieirstist istsite ithoitseiverked keepket key kindkspalabllacelainlanglasslay " +
		"lds led les lienlimilinklivellowlls localog lonelonglooklopelse mainmakemandmanymarkmbermebomes methmissmit mmanmoremtp " +
		"navancednderndinned nes new nge ngs nguanly nonenotenstanto ntryobjeocesock ockeodesokenold oldsome omebometommaompaonce" +
		"ong onlyopenoperordsorksorm ort ostfotesotheothiouldoundountour overpacepagepartpastpienplacplaiply postprocptioquesquot" +
		"ractrecireferefurejerelarencrequreturfc riterksprocerow rsonrst samesay sectsed selfsentsessset sharshopshowsidesignsion" +
		"skedsks spacssesssiostalstarstatstedstfistortalltalotarttatutch tellten teraterstesttfixtheithemthentheythouthretimeting" +
		"toketoo toretrantry tseltterturntus two uageuch uestuld ull unavund untsuse usedvailveloventversvidewaitway werewerswhen" +
		"who workwoulwritxpla"},
	{1e8, " ack ada ane ano apa att bad bec bes bet bla bod bra bro byt cam cas clo col cre cut day dea dec def dep dia did dif dig" +
		" dom don dow dro edi emb emp eng enh env esc exi fal far fit fou gat goe gon goo got gra gre gui han har hav hea hel her" +
		" hom imp inp inv jso jud kep lab las lat lef len lev lik los mad map mat max met min mis mos mov muc mus nee nev nex nil" +
		" nob now num obj off oft old opt ord our pac pai pat peo phr pie ple pol por pre rat rcp reg rem ren rul sai sea sel sev" +
		" sid sin siz sma soc sof sou spe spf ste sub sum sur sys tab tea tem tho tom top tri try tur typ und unt val var ver vie" +
		" wan web wer wil wra wroabelacesacheackaackeacknacksact acteadapaddsade ady aid ailsaineair ait aitsakenaks alidallaalle" +
		"alloallsals alueams anewanifannoanotans ant antsaparappeapplaptearacarchardsaredargeariaark arksarseartsary ash ask ason" +
		"asseast atchateratewatfoatorats attaatteaultawaybad basebecabed bel ber bersbesibetwblesbothboxebracbrowbut buttcal came" +
		"canncapecasecateccepccesceedceivceptcharchedckagckedcknoclaicloscondconfconvcoulcpt creacretcripctercut dal daptdateday " +
		"dds deaddecodefedeledenidentdescdgeddgemdgo did diffdigidiredomadonedowndropeacteadyeakseam ean eansearceaseeasoeateeave" +
		"ecauece eceieck ecodeconecreectsedededgeediteds eed eedeeedseep eft egiseldseleceletell ellselonelowels embeemptendiened" +
		"englenhaenieens enteeoplepliept eptieraleratermierprerreersaersiervierytescaescrese esidesouespoesseesteestietchete etho" +
		"etrietryetteettietweeue ewayexceexcheximexisextsfar faulferrfestfferficafigufoldfollforgfounftengateged gemeger gestget " +
		"getsght ginsgistgit gitsgle glisgoesgonegoodgot gramgreygue guilhan hanchandharaharehaveheadhed heldhenthes hesehilehin " +
		"his holehomehorthowshrashreahreehtmliablickeics icy ideniderieceiew ifesificightigitign igurike ild ilerilesill ils ilte" +
		"imedimplinalinceindiinedinesink inpuint intsinutirecise ish issiisteitediteritesithiitioitteity ive ize jsonjudgkagekept" +
		"ketskit kup labelaimlashlastlatelatflatilderleasleavlectledgleftlemeler lessleteletslettlevelicalicklicylieslikelishllat" +
		"lledloadlogsloguloselostlow lowelowslterlue mademallmanimap mar matcmbedmeanmed membmendmenuminumitsmodamodemostmovempar" +
		"mponmpormptymtpbmtpdmuchmustnal ncesneednentnevenextnfigngedngerngesnglinhanniednifenil ningnks nnotnobonow nowlnowsnput" +
		"nse nst ntedntenntexnticntilntiontrinumbnutenverobodocalocksodaloff oft ofteograogs ogueokedoks oldeole olicolloomaiomes" +
		"oml ompoond ondsonenonfiongeongsonseonteontronveood ook ooksope opleops optiordeordgoredork ormaormsors orteory osedosts" +
		"ota ote otedoth oughourcoursove ovedovidowerowleowseoxespackpairpam parepasspbotpdatpeakped pen penepenspeopperapermpes " +
		"phrapiecpingplatpleaplemplicpliepoliponeponsppedppenpplipresprinprisprogprosprovpterpty put putsqueurackral ram ramerams" +
		"ransraserateratirce rcesrch rcptrderrdgordinreacreasreatrecerecorectree regiremorendrentres resoresprestresuretcretrrget" +
		"riabriesringrintriptriserittrks rmatrmisrms rns rogrrongropsrorsroseroterounrovirowsrprirredrulerun runsrvesrvicrythsaid" +
		"scapscrisearsecosecrsee seleserssettseveshorsincsingsizeslassmalsocksoftsourspamspeaspf sponssinstayste stemsterstinstio" +
		"stopstrestrisubjsuchsysttabltachtailtal tatetcheteamtem temptenctenttermterptevetewatforthanthesthisthodthosthroticatick" +
		"tifitil tml tomlton top tor tpbotpd trettriettacttenttinttonttp tweetypeubjeudgeues ueueugh uildule ult umbeundeundsuns " +
		"unt untiuotauoteurceure url urn urnsurs usesust utesutf uth utheuts uttovalivaluvarived veravereviceviewwantweb wed ween" +
		"whilwholwhoswledwrapwronwrotwserxceexcepxchaxes xim xistxts ybodyingyou yourypedysteyte ytesythi"},
}
